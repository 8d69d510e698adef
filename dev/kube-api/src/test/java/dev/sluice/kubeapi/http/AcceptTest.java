package dev.sluice.kubeapi.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.kubeapi.status.ApiException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AcceptTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "''|false",
                "*/*|false",
                "application/json|false",
                "application/vnd.kubernetes.protobuf,application/json|false",
                "application/json;as=Table;v=v1;g=meta.k8s.io|true",
                "application/json;as=Table;v=v1beta1;g=meta.k8s.io,application/json|false",
                "application/json;as=Table;v=v1;g=meta.k8s.io,application/json|true",
                "application/json;as=PartialObjectMetadata;v=v1;g=meta.k8s.io,application/json|false"
            })
    void returnsTableIfPreferred(String header, boolean table) {
        assertThat(Accept.parse(header).isTable()).isEqualTo(table);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "application/vnd.kubernetes.protobuf",
                "text/html",
                "application/yaml",
                "application/json;as=PartialObjectMetadata;v=v1;g=meta.k8s.io"
            })
    void rejectsUnsupportedFormats(String header) {
        assertThatThrownBy(() -> Accept.parse(header).isTable())
                .isInstanceOfSatisfying(
                        ApiException.class, e -> assertThat(e.code()).isEqualTo(406));
    }
}
