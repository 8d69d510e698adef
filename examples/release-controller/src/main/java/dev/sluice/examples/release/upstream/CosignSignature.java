package dev.sluice.examples.release.upstream;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.sluice.examples.release.upstream.ReleaseFailure.Reason;
import java.util.Base64;

/**
 * The signature in what {@code cosign sign-blob} writes: its base64 alone, or in a bundle, Sigstore's or the one that
 * Cosign had before.
 */
final class CosignSignature {

    private CosignSignature() {}

    /** @throws ReleaseFailure if there is none */
    static byte[] parse(String name, String text) throws ReleaseFailure {
        try {
            String base64 = text.stripLeading().startsWith("{") ? ofBundle(text) : text.strip();
            return Base64.getDecoder().decode(base64);
        } catch (RuntimeException notOfThatShape) {
            throw new ReleaseFailure(
                    Reason.SIGNATURE_INVALID,
                    "'" + name + "' is neither a base64 signature nor a bundle with the signature of a file, as"
                            + " 'cosign sign-blob' writes them",
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
