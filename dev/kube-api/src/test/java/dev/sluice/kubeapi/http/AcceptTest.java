package dev.sluice.kubeapi.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.kubeapi.status.ApiException;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

final class AcceptTest {

    record Case(String accept, Encoding encoding, Form.View view) {}

    static Stream<Case> cases() {
        return Stream.of(
                new Case("", Encoding.JSON, Form.View.FULL),
                new Case("*/*", Encoding.JSON, Form.View.FULL),
                new Case("application/json", Encoding.JSON, Form.View.FULL),
                new Case("application/yaml", Encoding.YAML, Form.View.FULL),
                new Case("application/vnd.kubernetes.protobuf,application/json", Encoding.JSON, Form.View.FULL),
                new Case("application/json;as=Table;v=v1;g=meta.k8s.io", Encoding.JSON, Form.View.TABLE),
                new Case(
                        "application/json;as=Table;v=v1beta1;g=meta.k8s.io,application/json",
                        Encoding.JSON,
                        Form.View.FULL),
                new Case("application/json;q=0.5,application/yaml", Encoding.YAML, Form.View.FULL),
                new Case(
                        "application/json;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1",
                        Encoding.JSON,
                        Form.View.METADATA));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void choosesWhatTheClientPrefersOfWhatIsOffered(Case given) {
        Form form = Form.negotiate(Accept.parse(given.accept));
        assertThat(form).isEqualTo(new Form(given.encoding, given.view));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "application/vnd.kubernetes.protobuf",
                "text/html",
                "application/json;q=0",
                "application/json;as=Other;v=v1;g=meta.k8s.io"
            })
    void refusesWhatItCannotWrite(String accept) {
        assertThatThrownBy(() -> Form.negotiate(Accept.parse(accept)))
                .isInstanceOfSatisfying(
                        ApiException.class, e -> assertThat(e.code()).isEqualTo(406));
    }
}
