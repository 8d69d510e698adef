package dev.sluice.kubetest.junit;

import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.ClassTemplate;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Runs every test of the class once on each Kubernetes API at hand: the in-memory one always, and a real one where
 * there is one. A real one is the cluster of the kubeconfig that {@code -Dsluice.test.kubeconfig} names, or else the
 * binaries in {@code KUBEBUILDER_ASSETS}. Each API is started once and shared by all classes of the JVM. Where there is
 * no real one, one line on standard output says so.
 *
 * <p>Constructors and methods may take a {@link KubernetesApi}, an {@link io.kubernetes.client.openapi.ApiClient} of
 * their own, and a {@code String} marked {@link TestNamespace}.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Inherited
@ClassTemplate
@ExtendWith(KubernetesApis.class)
public @interface KubernetesTest {

    /** A system property with the {@link TestedApi}s to test on, comma-separated, in place of what the classes want. */
    String APIS_PROPERTY = "sluice.test.apis";

    /** The APIs that the class wants. */
    TestedApi[] value() default {TestedApi.IN_MEMORY, TestedApi.REAL};

    /** Whether the first of them that is at hand is enough: for slow classes that the other would tell nothing new. */
    boolean firstAtHand() default false;
}
