package dev.sluice.kubeapi.rest;

import dev.sluice.kubeapi.json.Json;
import dev.sluice.kubeapi.object.StoreKey;
import dev.sluice.kubeapi.status.ApiException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * The start of the next page of a list.
 *
 * @param revision the list's revision; -1 to continue at the current revision
 * @param after the last key of the previous page
 */
record ContinueToken(long revision, StoreKey after) {

    String encode() {
        String json = Json.text(Json.object()
                .put("v", "meta.k8s.io/v1")
                .put("rv", revision)
                .put("start", after.namespace() + "/" + after.name() + "\0"));
        return Base64.getUrlEncoder().withoutPadding().encodeToString(json.getBytes(StandardCharsets.UTF_8));
    }

    /** @throws ApiException 400 for an invalid token */
    static ContinueToken decode(String token) {
        try {
            JsonNode json = Json.parse(Base64.getUrlDecoder().decode(token));
            String start = Json.stringAt(json, "start");
            int slash = start.indexOf('/');
            if (Json.stringAt(json, "v").equals("meta.k8s.io/v1") && slash >= 0 && start.endsWith("\0")) {
                StoreKey after =
                        new StoreKey(start.substring(0, slash), start.substring(slash + 1, start.length() - 1));
                return new ContinueToken(Json.longAt(json, "rv"), after);
            }
        } catch (IllegalArgumentException | JacksonException e) {
            // handled below: clients get the same error for all invalid tokens
        }
        throw ApiException.badRequest("continue key is not valid: " + token);
    }
}
