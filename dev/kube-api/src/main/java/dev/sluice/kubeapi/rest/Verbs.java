package dev.sluice.kubeapi.rest;

/** Everything that can be done with a resource. */
record Verbs(
        Presenter presenter,
        Lister lister,
        WatchOpener watchOpener,
        Creator creator,
        Updater updater,
        Patcher patcher,
        Deleter deleter) {}
