package dev.sluice.examples.release.upstream;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.sluice.controller.source.BuildFailure;
import java.util.Base64;

/** A signature written by {@code cosign sign-blob}: plain base64, a Sigstore bundle or Cosign's old bundle format. */
final class CosignSignature {

    private CosignSignature() {}

    /** @throws BuildFailure if the text contains no signature */
    static byte[] parse(String name, String text) throws BuildFailure {
        try {
            String base64 = text.stripLeading().startsWith("{") ? ofBundle(text) : text.strip();
            return Base64.getDecoder().decode(base64);
        } catch (RuntimeException notOfThatShape) {
            throw Failures.signatureInvalid(
                    "invalid signature file '" + name + "': neither a base64 signature nor a bundle with the signature"
                            + " of a file, as written by 'cosign sign-blob'",
                    null);
        }
    }

    private static String ofBundle(String text) {
        JsonObject bundle = JsonParser.parseString(text).getAsJsonObject();
        JsonElement old = bundle.get("base64Signature");
        return old != null
                ? old.getAsString()
                : bundle.getAsJsonObject("messageSignature").get("signature").getAsString();
    }
}
