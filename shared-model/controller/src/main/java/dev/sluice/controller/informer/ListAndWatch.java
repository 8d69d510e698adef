package dev.sluice.controller.informer;

import dev.sluice.artifact.concurrent.Outage;
import dev.sluice.controller.request.ApiRequestException;
import io.kubernetes.client.common.KubernetesListObject;
import io.kubernetes.client.common.KubernetesObject;
import io.kubernetes.client.informer.ListerWatcher;
import io.kubernetes.client.informer.exception.WatchExpiredException;
import io.kubernetes.client.openapi.ApiException;
import io.kubernetes.client.util.CallGeneratorParams;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.HttpURLConnection;
import java.util.Map;
import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The lister and watcher of the client's reflector, with back-off and retries. Called on the reflector's thread. */
final class ListAndWatch<T extends KubernetesObject> implements ListerWatcher<T, KubernetesListObject> {

    private static final Logger LOG = LoggerFactory.getLogger(ListAndWatch.class);
    private static final String NOW = "";
    private static final int TOO_MANY_REQUESTS = 429;

    private final ResourceClient<T> resources;
    private final ListBackOff pace;
    private final Recovery recovery;
    private boolean listFailed;

    private final Outage outage = new Outage();

    /** @param recovery of all informers of the program */
    ListAndWatch(ResourceClient<T> resources, ListBackOff pace, Recovery recovery) {
        this.resources = resources;
        this.pace = pace;
        this.recovery = recovery;
    }

    /**
     * Lists all objects. After a failed list, requests the newest state instead of the resource version that the
     * reflector remembers: an API server restored from a backup may never reach that version again.
     */
    @Override
    public KubernetesListObject list(CallGeneratorParams params) throws ApiException {
        pause();
        String version = listFailed ? NOW : Objects.requireNonNullElse(params.resourceVersion, NOW);
        try {
            KubernetesListObject list = resources.list(version);
            listFailed = false;
            return list;
        } catch (IOException e) {
            listFailed = true;
            failed(e);
            throw asApiException(e);
        }
    }

    /** Opens a watch and retries until it succeeds; fails only if the server cannot continue from this version. */
    @Override
    public EventStream<T> watch(CallGeneratorParams params) throws ApiException {
        while (true) {
            pause();
            try {
                EventStream<T> watch = resources.watch(params.resourceVersion, params.timeoutSeconds);
                pace.watchOpened();
                recovered();
                return watch;
            } catch (IOException e) {
                failed(e);
                if (isGone(e)) {
                    throw new WatchExpiredException();
                }
                if (!isRetryable(e)) {
                    throw asApiException(e);
                }
            }
        }
    }

    /** Does not warn of expired history or of a stop, which are part of normal operation. */
    private void failed(IOException e) {
        pace.failed();
        boolean isNew = !isGone(e) && !Thread.currentThread().isInterrupted() && outage.starts();
        (isNew ? LOG.atWarn() : LOG.atDebug())
                .addKeyValue("kind", kind())
                .addKeyValue("error", e.toString())
                .log("cannot list or watch; retrying");
    }

    private void recovered() {
        if (outage.ends()) {
            recovery.announce();
            LOG.atInfo().addKeyValue("kind", kind()).log("watch re-established");
        }
    }

    private String kind() {
        return resources.type().kind().kind();
    }

    private void pause() throws ApiException {
        try {
            recovery.await(pace.next());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ApiException(new InterruptedIOException("informer stopped"));
        }
    }

    private static boolean isGone(IOException e) {
        return e instanceof ApiRequestException refused && refused.code() == HttpURLConnection.HTTP_GONE;
    }

    private static boolean isRetryable(IOException e) {
        return !(e instanceof ApiRequestException refused)
                || refused.code() >= HttpURLConnection.HTTP_INTERNAL_ERROR
                || refused.code() == TOO_MANY_REQUESTS;
    }

    private static ApiException asApiException(IOException e) {
        return e instanceof ApiRequestException refused
                ? new ApiException(refused.getMessage(), e, refused.code(), Map.of(), null)
                : new ApiException(e);
    }
}
