/** How far a scene has come. */
export declare enum SceneState {
    /** It has just been created or is in its transition. */
    Initial = 0,
    /** Its transition, if any, is over. */
    AfterTransitionIn = 1,
    /** The next scene may begin. */
    CanTransitionOut = 2,
    /** Its generator has ended. */
    Finished = 3
}
