package dev.sluice.toolkit.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonParseException;
import dev.sluice.toolkit.extensions.ArtifactGenerator;
import dev.sluice.toolkit.source.GitRepository;
import io.kubernetes.client.openapi.models.V1Lease;
import java.time.DateTimeException;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ApiTimeTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            2026-01-01T00:00:00Z                  | 2026-01-01T00:00:00Z
            2026-01-01T00:00:00+19:00             | 2025-12-31T05:00:00Z
            2026-01-01T00:00:00-23:59             | 2026-01-01T23:59:00Z
            2026-01-01T00:00:00+99:99             | 2025-12-27T19:21:00Z
            2026-01-01T00:00:00.1234567891Z       | 2026-01-01T00:00:00.123456789Z
            2026-01-01T00:00:00.5+19:00           | 2025-12-31T05:00:00.5Z
            2026-01-01t00:00:00z                  | 2026-01-01T00:00:00Z
            2026-01-01T00:00:00,25Z               | 2026-01-01T00:00:00.25Z
            2026-01-01T00:00:00x25Z               | 2026-01-01T00:00:00.25Z
            2026-01-01T00:00:00Zt, whatever       | 2026-01-01T00:00:00Z
            2026-01-01T23:59:60Z                  | 2026-01-02T00:00:00Z
            2026-01-01T24:00:00Z                  | 2026-01-02T00:00:00Z
            2026-01-01T12:00+01:00                | 2026-01-01T11:00:00Z
            0000-01-01T00:00:00+23:00             | 0000-01-01T00:00:00Z
            9999-12-31T23:59:59-23:59             | 9999-12-31T23:59:59.999999999Z
            10000-01-01T00:00:00Z                 | 9999-12-31T23:59:59.999999999Z
            +999999999-12-31T23:59:59-18:00       | 9999-12-31T23:59:59.999999999Z
            """)
    void readsTimesThatAnApiServerAccepts(String text, Instant instant) {
        assertThat(ApiTime.parse(text).toInstant()).isEqualTo(instant);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "noon",
                "2026-01-01",
                "2026-02-30T00:00:00Z",
                "2026-01-01T25:00:00Z",
                "2026-01-01T00:60:00Z",
                "2026-01-01T00:00:61Z",
                "2026-01-01T00:00:00",
                "9999999999-01-01T00:00:00Z"
            })
    void refusesInvalidTimes(String text) {
        assertThatThrownBy(() -> ApiTime.parse(text)).isInstanceOf(DateTimeException.class);
    }

    @Test
    void readsAFractionOfAMillionDigits() {
        assertThat(ApiTime.parse("2026-01-01T00:00:00." + "7".repeat(1_000_000) + "Z")
                        .getNano())
                .isEqualTo(777_777_777);
    }

    @Test
    void truncatesInvalidTimesInMessages() {
        assertThatThrownBy(() -> ApiTime.parse("x".repeat(1_000_000)))
                .satisfies(e -> assertThat(e.getMessage()).hasSizeLessThan(200));
    }

    @Test
    void readsEveryTimeFieldLeniently() {
        String time = "\"2026-01-01T00:00:00.0123456789+19:00\"";
        GitRepository source = read(
                "{\"status\":{\"artifact\":{\"lastUpdateTime\":" + time + "},\"conditions\":[{\"lastTransitionTime\":"
                        + time + "}]}}",
                GitRepository.class);
        ArtifactGenerator generator = read(
                "{\"metadata\":{\"managedFields\":[{\"time\":" + time + "}],\"deletionTimestamp\":" + time + "}}",
                ArtifactGenerator.class);
        V1Lease lease = read("{\"spec\":{\"renewTime\":" + time + "}}", V1Lease.class);

        Instant expected = Instant.parse("2025-12-31T05:00:00.012345678Z");
        assertThat(source.artifact().orElseThrow().lastUpdateTime()).isEqualTo(expected);
        assertThat(source.conditions().get(0).getLastTransitionTime().toInstant())
                .isEqualTo(expected);
        assertThat(generator.metadata().getDeletionTimestamp().toInstant()).isEqualTo(expected);
        assertThat(generator.metadata().getManagedFields().get(0).getTime().toInstant())
                .isEqualTo(expected);
        assertThat(lease.getSpec().getRenewTime().toInstant()).isEqualTo(expected);
    }

    @Test
    void writesTimesThatAnApiServerAccepts() {
        ArtifactGenerator generator = read(
                "{\"status\":{\"conditions\":[{\"lastTransitionTime\":\"9999-12-31T23:59:59-23:59\"}]}}",
                ArtifactGenerator.class);

        assertThat(ToolkitJson.gson().toJson(generator.conditions()))
                .contains("\"lastTransitionTime\":\"9999-12-31T23:59:59.999999999Z\"");
    }

    @Test
    void anInvalidTimeIsReportedWithItsField() {
        assertThatThrownBy(() -> read(
                        "{\"metadata\":{\"deletionTimestamp\":\"2026-01-01T25:00:00Z\"}}", ArtifactGenerator.class))
                .isInstanceOf(JsonParseException.class)
                .hasMessageContaining("metadata.deletionTimestamp");
    }

    private static <T> T read(String json, Class<T> type) {
        return ToolkitJson.gson().fromJson(json, type);
    }
}
