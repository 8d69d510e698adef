package dev.sluice.kubeapi.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.StreamSupport;
import tools.jackson.databind.JsonNode;

/** The response to a request. */
record Answer(String request, int code, String contentType, List<String> warnings, String text) {

    /** Returns the body of a successful response. */
    JsonNode ok() {
        assertThat(code).as("%s returned %s", request, text).isBetween(200, 299);
        return json();
    }

    JsonNode ok(int expected) {
        assertThat(code).as("%s returned %s", request, text).isEqualTo(expected);
        return json();
    }

    /** Returns the Status of a failure, which must have the response's code and this reason. */
    JsonNode fails(int expected, String reason) {
        assertThat(code).as("%s returned %s", request, text).isEqualTo(expected);
        JsonNode status = json();
        assertThat(status.at("/kind").asString()).as(text).isEqualTo("Status");
        assertThat(status.at("/apiVersion").asString()).as(text).isEqualTo("v1");
        assertThat(status.at("/status").asString()).as(text).isEqualTo("Failure");
        assertThat(status.at("/code").asInt()).as(text).isEqualTo(expected);
        assertThat(status.at("/reason").asString("")).as(text).isEqualTo(reason);
        assertThat(status.at("/message").asString()).as(text).isNotBlank();
        return status;
    }

    JsonNode json() {
        return Yaml.JSON.readTree(text);
    }

    /** Returns the names of the objects in a list, in order. */
    List<String> names() {
        return StreamSupport.stream(ok().path("items").spliterator(), false)
                .map(item -> item.at("/metadata/name").asString())
                .toList();
    }

    /** Returns the fields in the causes of an Invalid status. */
    List<String> causeFields() {
        return StreamSupport.stream(json().at("/details/causes").spliterator(), false)
                .map(cause -> cause.path("field").asString(""))
                .toList();
    }
}
