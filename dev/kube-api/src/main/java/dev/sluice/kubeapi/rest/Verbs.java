package dev.sluice.kubeapi.rest;

/** The verbs. */
record Verbs(
        Presenter presenter,
        Lister lister,
        WatchOpener watchOpener,
        Creator creator,
        Updater updater,
        Patcher patcher,
        Deleter deleter) {}
