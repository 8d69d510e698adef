package dev.sluice.examples.release.upstream;

import dev.sluice.controller.source.BuildContext;
import dev.sluice.controller.source.BuildFailure;
import dev.sluice.examples.release.api.ProjectRelease;
import dev.sluice.examples.release.api.ReleaseVerification;
import dev.sluice.toolkit.meta.LocalObjectReference;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Verifies the Cosign signature that {@code spec.verify} requires, by key or identity. Thread-safe. */
public final class SignatureVerifier implements ReleaseVerifier {

    static final String COSIGN = "cosign";
    private static final String KEY_SUFFIX = ".pub";
    private static final String TRUSTED_ROOT = "trusted_root.json";

    // region verify
    @Override
    public Optional<String> verify(ProjectRelease release, DownloadedRelease downloaded, BuildContext context)
            throws IOException, BuildFailure {
        ReleaseVerification verification = release.spec().verify();
        if (verification == null) {
            return Optional.empty();
        }
        if (!verification.provider().equals(COSIGN)) {
            throw Failures.invalidSpec(
                    "verify.provider '" + verification.provider() + "' is not supported; use '" + COSIGN + "'");
        }
        LocalObjectReference keys = verification.secretRef();
        return Optional.of(
                keys == null
                        ? byIdentity(release, verification, downloaded, context)
                        : byKey(release, keys.name(), downloaded, context));
    }

    private static String byKey(
            ProjectRelease release, String secret, DownloadedRelease downloaded, BuildContext context)
            throws IOException, BuildFailure {
        List<CosignKey> keys = keys(secret, context.secret(secret));
        String name = signatureFile(release, ".sig");
        byte[] signature = CosignSignature.parse(name, downloaded.companion(name));
        for (CosignKey key : keys) {
            if (hasSigned(key, downloaded, signature)) {
                return "verified signature of " + fileOf(release) + " with key '" + key.name() + "' of Secret '"
                        + secret + "'";
            }
        }
        throw Failures.signatureInvalid(
                "the signature in '" + name + "' matches none of the " + keys.size() + " key(s) of Secret '" + secret
                        + "'",
                null);
    }
    // endregion

    private static String byIdentity(
            ProjectRelease release,
            ReleaseVerification verification,
            DownloadedRelease downloaded,
            BuildContext context)
            throws IOException, BuildFailure {
        LocalObjectReference root = verification.trustedRootSecretRef();
        if (root == null || verification.matchOIDCIdentity().isEmpty()) {
            throw Failures.invalidSpec("verify requires secretRef, or matchOIDCIdentity and trustedRootSecretRef");
        }
        byte[] trustedRoot = context.secret(root.name()).get(TRUSTED_ROOT);
        if (trustedRoot == null) {
            throw Failures.fetchFailed("Secret '" + root.name() + "' has no " + TRUSTED_ROOT);
        }
        KeylessSignature keyless = KeylessSignature.of(trustedRoot, verification.matchOIDCIdentity());
        String name = signatureFile(release, ".sigstore.json");
        keyless.verify(downloaded.file(), name, downloaded.companion(name));
        return "verified signature of " + fileOf(release) + " by an identity in matchOIDCIdentity";
    }

    private static boolean hasSigned(CosignKey key, DownloadedRelease downloaded, byte[] signature)
            throws IOException, BuildFailure {
        try {
            return key.hasSigned(downloaded.file(), signature);
        } catch (GeneralSecurityException e) {
            throw Failures.signatureInvalid("invalid key '" + key.name() + "'", e);
        }
    }

    private static List<CosignKey> keys(String secret, Map<String, byte[]> data) throws BuildFailure {
        List<CosignKey> keys = new ArrayList<>();
        for (Map.Entry<String, byte[]> entry : new TreeMap<>(data).entrySet()) {
            if (entry.getKey().endsWith(KEY_SUFFIX)) {
                try {
                    keys.add(CosignKey.parse(entry.getKey(), entry.getValue()));
                } catch (GeneralSecurityException e) {
                    throw Failures.fetchFailed(
                            "Secret '" + secret + "' has an invalid key '" + entry.getKey() + "': " + e.getMessage());
                }
            }
        }
        if (keys.isEmpty()) {
            throw Failures.fetchFailed("Secret '" + secret + "' has no public key: no entry ends in " + KEY_SUFFIX);
        }
        return keys;
    }

    private static String signatureFile(ProjectRelease release, String suffix) {
        String given =
                release.spec().verify() == null ? null : release.spec().verify().signatureFile();
        return given == null ? fileOf(release) + suffix : release.spec().withVersion(given);
    }

    private static String fileOf(ProjectRelease release) {
        return release.spec().withVersion(release.spec().file());
    }
}
