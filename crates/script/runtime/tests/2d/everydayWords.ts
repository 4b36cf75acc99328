/** Names that people give to the methods and fields of their own components. */
export const EVERYDAY_WORDS: readonly string[] = (
  'action active actor agent amount animate animation append apply area attach author axis badge bar base begin bind block ' +
  'body bounce box branch buffer build button canvas card cell center change chart check circle clear click clock code ' +
  'collect color column config connect container content context controller copy count create current cursor data date ' +
  'deck delay delta depth describe dispatch distance done duration edge editor effect element encode engine enter entry ' +
  'epoch error event exit fade field file fire first fit flag flip flush focus folder frame frames free game generate ' +
  'graph group handle handler head header height_ helper hide highlight history icon id image index info init inner input ' +
  'item items job join kind label lane last lastValue length level library limit line lines link list listeners load lock ' +
  'logo loop_ made main make map mark mask match max measure measured member memory menu message meta min mode model ' +
  'module morph native next nodes note notify number object observer open options orbit order origin outer outline owner_ ' +
  'page panel parse part particle particles pattern phase pick place player pool pop prefix prepare previous price process ' +
  'progress pulse push queue radius_ range rate read ready rebuild record refresh register render_ replace request reset_ ' +
  'resolve result rest root row rows rules run sample scene schedule score screen section seed select selected self send ' +
  'sequence series setup shape shift show side sink slide slot snapshot source spawn speed spin split stack stage start_ ' +
  'state status step stop store strategy string style sum swap symbol sync table tag target task tasks template term test ' +
  'theme tick timeline timer title toggle token total track transform transition tree trigger turn type_ unit update_ url ' +
  'users utils validate values variant version visible wait watch wave weight window word words worker world write zoom'
)
  .split(' ')
  .map(word => word.replace('_', ''));
