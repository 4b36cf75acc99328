/** How far a scene has come. */
export enum SceneState {
  /** It has just been created or is in its transition. */
  Initial,
  /** Its transition, if any, is over. */
  AfterTransitionIn,
  /** The next scene may begin. */
  CanTransitionOut,
  /** Its generator has ended. */
  Finished,
}
