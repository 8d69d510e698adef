package dev.sluice.kubetest.junit;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterClassTemplateInvocationCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * What all tests of a {@link KubernetesTest} class share on one API, since it is slow to start: made for the first test
 * that asks for it, closed after the last test on that API. Hold it in a static field marked
 * {@link org.junit.jupiter.api.extension.RegisterExtension}. Not for tests that run at the same time.
 *
 * @param <T> what is shared
 */
public final class PerApi<T extends AutoCloseable> implements AfterClassTemplateInvocationCallback {

    /**
     * Makes what is shared.
     *
     * @param <T> what is shared
     */
    @FunctionalInterface
    public interface Start<T> {
        /** Makes it for tests on this API. */
        T on(KubernetesApi api) throws Exception;
    }

    private final Start<T> start;
    private @Nullable T shared;

    /** Nothing is started yet. */
    public PerApi(Start<T> start) {
        this.start = start;
    }

    /** What the tests on this API share. */
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
