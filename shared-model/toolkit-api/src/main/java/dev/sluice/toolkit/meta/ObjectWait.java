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

/** Waits until an object has reached a state, or is gone, by reading it once a second. */
public final class ObjectWait {

    private static final Duration INTERVAL = Duration.ofSeconds(1);
    private static final int NOT_FOUND = 404;
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

    /**
     * Waits until an object does not exist any more, for example because its controller has removed its finalizer after a
     * deletion. Another object of the same name counts as none. Retries like {@link #await(GenericKubernetesApi, ObjectKey,
     * Predicate, Duration, Consumer)}.
     *
     * @throws ApiException if the object cannot be read
     * @throws TimeoutException if the time is over; names the object and its finalizers, or the last failure
     */
    public static <T extends KubernetesObject> void awaitGone(
            GenericKubernetesApi<T, ?> api, ObjectKey key, Duration timeout)
            throws ApiException, InterruptedException, TimeoutException {
        awaitGone(api, key, timeout, INTERVAL);
    }

    static <T extends KubernetesObject> void awaitGone(
            GenericKubernetesApi<T, ?> api, ObjectKey key, Duration timeout, Duration interval)
            throws ApiException, InterruptedException, TimeoutException {
        long end = System.nanoTime() + timeout.toNanos();
        T first = null;
        String last = "it could not be read";
        while (true) {
            try {
                T object = read(api, key);
                if (object != null) {
                    first = first == null ? object : first;
                    if (!Objects.equals(
                            first.getMetadata().getUid(), object.getMetadata().getUid())) {
                        return;
                    }
                    last = "its finalizers: " + object.getMetadata().getFinalizers();
                }
            } catch (ApiException e) {
                if (e.getCode() == NOT_FOUND) {
                    return;
                }
                throw e;
            }
            if (end - System.nanoTime() <= interval.toNanos()) {
                String name = first == null ? key.toString() : first.getKind() + " " + key;
                throw new TimeoutException("%s still exists after %s; %s".formatted(name, timeout, last));
            }
            Thread.sleep(interval.toMillis());
        }
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
