package dev.sluice.test;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SpecDifferenceTest {

    /** Compares a schema with an empty one, in both directions. */
    private static Optional<String> withoutOne(String schema) {
        JsonObject one = spec(schema);
        JsonObject other = spec("{}");
        Optional<String> missing = SpecDifference.between("spec", one, other);
        assertThat(SpecDifference.between("spec", other, one).isPresent()).isEqualTo(missing.isPresent());
        return missing;
    }

    private static JsonObject spec(String schema) {
        return JsonParser.parseString("{\"versions\":[{\"schema\":{\"openAPIV3Schema\":" + schema + "}}]}")
                .getAsJsonObject();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'default':false",
                "'default':0",
                "'default':''",
                "'default':{}",
                "'default':[]",
                "'minimum':0",
                "'maximum':0.0",
                "'minLength':0",
                "'maxItems':0",
                "'enum':['']"
            })
    void anExplicitValueOfAKeywordDiffersFromAnAbsentOne(String keyword) {
        String json = keyword.replace('\'', '"');
        String name = keyword.replaceAll("^'|':.*", "");

        assertThat(withoutOne("{" + json + "}")).contains("spec.versions[0].schema.openAPIV3Schema." + name);
        assertThat(withoutOne("{\"properties\":{\"a\":{" + json + "}}}"))
                .hasValueSatisfying(path -> assertThat(path).contains(".properties"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"'nullable':false", "'description':''", "'required':[]", "'properties':{}", "'format':''"})
    void whatTheApiServerOmitsIsTheSame(String keyword) {
        assertThat(withoutOne("{" + keyword.replace('\'', '"') + "}")).isEmpty();
    }

    @Test
    void keywordsAreComparedExactly() {
        JsonObject zero = spec("{\"default\":0,\"minimum\":0}");
        assertThat(SpecDifference.between("spec", zero, spec("{\"default\":0,\"minimum\":0.0}")))
                .isEmpty();
        assertThat(SpecDifference.between("spec", zero, spec("{\"default\":false,\"minimum\":0}")))
                .contains("spec.versions[0].schema.openAPIV3Schema.default");
    }

    @Test
    void aPropertyCanHaveTheNameOfAKeyword() {
        JsonObject wanted = spec("{\"properties\":{\"default\":{\"type\":\"string\",\"nullable\":false}}}");
        assertThat(SpecDifference.between("spec", wanted, spec("{\"properties\":{\"default\":{\"type\":\"string\"}}}")))
                .isEmpty();
    }

    @Test
    void defaultsOfTheApiServerOutsideTheSchemaAreTheSame() {
        JsonObject stored = spec("{\"type\":\"object\"}");
        stored.addProperty("conversion", "None");
        assertThat(SpecDifference.between("spec", spec("{\"type\":\"object\"}"), stored))
                .isEmpty();
    }
}
