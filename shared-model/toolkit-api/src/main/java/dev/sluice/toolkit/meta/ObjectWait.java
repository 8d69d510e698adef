package dev.sluice.toolkit.meta;

import io.kubernetes.client.common.KubernetesObject;
import io.kubernetes.client.openapi.ApiException;
import io.kubernetes.client.util.generic.GenericKubernetesApi;
import io.kubernetes.client.util.generic.KubernetesApiResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Waits until an object has reached a state, by reading it once a second. */
public final class ObjectWait {

    private static final Duration INTERVAL = Duration.ofSeconds(1);
    private static final int TOO_MANY_REQUESTS = 429;
    private static final int SERVER_ERROR = 500;

    private ObjectWait() {}

    /**
     * Waits until the object's controller has reconciled its current generation: {@link ToolkitObject#isReady}.
     *
     * @return the ready object
     * @see #await(GenericKubernetesApi, ObjectKey, Predicate, Duration, Consumer)
     */
    public static <T extends ToolkitObject<?, ?>> T awaitReady(
            GenericKubernetesApi<T, ?> api, ObjectKey key, Duration timeout, Consumer<? super T> progress)
            throws ApiException, InterruptedException, TimeoutException {
        return await(api, key, new Goal<>("is not ready", ToolkitObject::isReady), timeout, progress, INTERVAL);
    }

    /**
     * Waits until a condition holds for an object. Retries failed connections, 429 and 5xx until the timeout. A request
     * that is running at the timeout is not interrupted, so this may take as much longer as the client's own timeouts
     * allow.
     *
     * @param progress called with the object when it was first read and whenever it has changed, also with the one that
     *     satisfies the condition; may throw an exception to give up
     * @return the object that satisfies the condition
     * @throws ApiException if the object does not exist, or cannot be read
     * @throws TimeoutException if the time is over; names the object and its conditions, or the last failure
     */
    public static <T extends KubernetesObject> T await(
            GenericKubernetesApi<T, ?> api,
            ObjectKey key,
            Predicate<? super T> condition,
            Duration timeout,
            Consumer<? super T> progress)
            throws ApiException, InterruptedException, TimeoutException {
        return await(api, key, new Goal<>("did not reach the expected state", condition), timeout, progress, INTERVAL);
    }

    /** @param missed what a message says if the condition does not hold in time */
    record Goal<T>(String missed, Predicate<? super T> condition) {}

    static <T extends KubernetesObject> T await(
            GenericKubernetesApi<T, ?> api,
            ObjectKey key,
            Goal<T> goal,
            Duration timeout,
            Consumer<? super T> progress,
            Duration interval)
            throws ApiException, InterruptedException, TimeoutException {
        long end = System.nanoTime() + timeout.toNanos();
        String version = null;
        String last = "it could not be read";
        String name = key.toString();
        while (true) {
            T object = read(api, key);
            if (object != null) {
                last = describe(object);
                name = object.getKind() + " " + key;
                if (!Objects.equals(version, object.getMetadata().getResourceVersion())) {
                    version = object.getMetadata().getResourceVersion();
                    progress.accept(object);
                }
                if (goal.condition.test(object)) {
                    return object;
                }
            }
            if (end - System.nanoTime() <= interval.toNanos()) {
                throw new TimeoutException("%s %s within %s; %s".formatted(name, goal.missed, timeout, last));
            }
            Thread.sleep(interval.toMillis());
        }
    }

    /** Reads the object; null if the request may be retried. */
    private static <T extends KubernetesObject> @Nullable T read(GenericKubernetesApi<T, ?> api, ObjectKey key)
            throws ApiException {
        try {
            KubernetesApiResponse<T> response =
                    key.namespace().isEmpty() ? api.get(key.name()) : api.get(key.namespace(), key.name());
            return isRetryable(response.getHttpStatusCode())
                    ? null
                    : response.throwsApiException().getObject();
        } catch (IllegalStateException e) {
            // so the client reports a failed connection
            if (e.getCause() instanceof IOException) {
                return null;
            }
            throw e;
        }
    }

    private static boolean isRetryable(int code) {
        return code == TOO_MANY_REQUESTS || code >= SERVER_ERROR;
    }

    private static String describe(KubernetesObject object) {
        return object instanceof ToolkitObject<?, ?> toolkit
                ? "its conditions: " + toolkit.conditions()
                : "its resource version: " + object.getMetadata().getResourceVersion();
    }
}
