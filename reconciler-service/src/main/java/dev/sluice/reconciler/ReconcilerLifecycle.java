package dev.sluice.reconciler;

import dev.sluice.artifact.storage.VolumeIdentity;
import dev.sluice.controller.informer.Informers;
import dev.sluice.controller.queue.Controller;
import dev.sluice.toolkit.meta.ObjectKey;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/** Starts caches, then work; stops in reverse. */
@Component
class ReconcilerLifecycle implements SmartLifecycle {

    private static final Duration STOP_GRACE = Duration.ofSeconds(6);

    private final Informers informers;
    private final Controller<ObjectKey> controller;
    private final ReconcilerSettings settings;
    private volatile boolean running;

    ReconcilerLifecycle(Informers informers, Controller<ObjectKey> controller, ReconcilerSettings settings) {
        this.informers = informers;
        this.controller = controller;
        this.settings = settings;
    }

    @Override
    public void start() {
        informers.start();
        try {
            VolumeIdentity.readOrCreate(settings.storagePath());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        controller.start();
        running = true;
    }

    @Override
    public void stop() {
        controller.stop(STOP_GRACE);
        informers.close();
        running = false;
    }

    @Override
    public boolean isRunning() {
        return running;
    }
}
