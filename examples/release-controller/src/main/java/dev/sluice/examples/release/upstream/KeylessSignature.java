package dev.sluice.examples.release.upstream;

import dev.sigstore.KeylessVerificationException;
import dev.sigstore.KeylessVerifier;
import dev.sigstore.VerificationOptions;
import dev.sigstore.VerificationOptions.CertificateMatcher;
import dev.sigstore.bundle.Bundle;
import dev.sigstore.bundle.BundleParseException;
import dev.sigstore.strings.RegexSyntaxException;
import dev.sigstore.strings.StringMatcher;
import dev.sigstore.trustroot.SigstoreConfigurationException;
import dev.sigstore.trustroot.SigstoreTrustedRoot;
import dev.sluice.controller.source.BuildFailure;
import dev.sluice.toolkit.source.OIDCIdentityMatch;
import java.io.ByteArrayInputStream;
import java.io.StringReader;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.List;

/**
 * A keyless signature: a short-lived certificate for an identity, and a transparency log entry from the time of its
 * validity. Verified offline with a trusted root that the user provides.
 */
final class KeylessSignature {

    private static final int MAX_MESSAGE = 500;

    private final KeylessVerifier verifier;
    private final VerificationOptions identities;

    private KeylessSignature(KeylessVerifier verifier, VerificationOptions identities) {
        this.verifier = verifier;
        this.identities = identities;
    }

    /**
     * @param trustedRoot a {@code trusted_root.json}
     * @throws BuildFailure if the root or a regular expression is invalid
     */
    static KeylessSignature of(byte[] trustedRoot, List<OIDCIdentityMatch> identities) throws BuildFailure {
        List<CertificateMatcher> matchers = new ArrayList<>();
        for (OIDCIdentityMatch identity : identities) {
            matchers.add(matcher(identity));
        }
        try {
            KeylessVerifier verifier = KeylessVerifier.builder()
                    .trustedRootProvider(() -> SigstoreTrustedRoot.from(new ByteArrayInputStream(trustedRoot)))
                    .build();
            return new KeylessSignature(
                    verifier,
                    VerificationOptions.builder()
                            .addAllCertificateMatchers(matchers)
                            .build());
        } catch (GeneralSecurityException | SigstoreConfigurationException | RuntimeException e) {
            throw Failures.signatureInvalid("trusted_root.json is not a valid Sigstore trusted root", e);
        }
    }

    private static CertificateMatcher matcher(OIDCIdentityMatch identity) throws BuildFailure {
        try {
            return CertificateMatcher.fulcio()
                    .issuer(StringMatcher.regex(identity.issuer()))
                    .subjectAlternativeName(StringMatcher.regex(identity.subject()))
                    .build();
        } catch (RegexSyntaxException e) {
            throw Failures.invalidSpec("verify.matchOIDCIdentity: invalid regular expression: " + e.getMessage());
        }
    }

    /** @throws BuildFailure if the file is not signed by one of the identities */
    void verify(Path file, String name, String bundle) throws BuildFailure {
        try {
            Bundle parsed = Bundle.from(new StringReader(bundle));
            if (parsed.getMessageSignature().isEmpty()) {
                throw Failures.signatureInvalid(
                        "'" + name + "' has no signature of the file; attestations are not accepted", null);
            }
            verifier.verify(file, parsed, identities);
        } catch (BundleParseException e) {
            throw Failures.signatureInvalid("'" + name + "' is not a Sigstore bundle", e);
        } catch (KeylessVerificationException | RuntimeException e) {
            throw Failures.signatureInvalid("invalid signature in '" + name + "': " + line(e), e);
        }
    }

    private static String line(Exception e) {
        String message = String.valueOf(e.getMessage()).replaceAll("\\s+", " ");
        return message.substring(0, Math.min(message.length(), MAX_MESSAGE));
    }
}
