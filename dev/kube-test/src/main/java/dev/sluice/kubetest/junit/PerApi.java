package dev.sluice.kubetest.junit;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterClassTemplateInvocationCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * A resource that is slow to start and that all tests of a {@link KubernetesTest} class share on one API. It is created
 * for the first test that needs it and closed after the last test on that API. Declare it as a static field with {@link
 * org.junit.jupiter.api.extension.RegisterExtension}. Not for tests that run concurrently.
 *
 * @param <T> type of the resource
 */
public final class PerApi<T extends AutoCloseable> implements AfterClassTemplateInvocationCallback {

    /**
     * Creates the shared resource.
     *
     * @param <T> type of the resource
     */
    @FunctionalInterface
    public interface Start<T> {
        /** Creates the resource for tests on this API. */
        T on(KubernetesApi api) throws Exception;
    }

    private final Start<T> start;
    private @Nullable T shared;

    /** Creates the extension without starting anything. */
    public PerApi(Start<T> start) {
        this.start = start;
    }

    /** Returns the resource for this API; creates it on first use. */
    public T on(KubernetesApi api) throws Exception {
        T present = shared;
        if (present == null) {
            present = start.on(api);
            shared = present;
        }
        return present;
    }

    @Override
    public void afterClassTemplateInvocation(ExtensionContext context) throws Exception {
        T present = shared;
        shared = null;
        if (present != null) {
            present.close();
        }
    }
}
