package dev.sluice.artifact.tls;

import java.net.Socket;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;

/** Reports the clients that another trust manager refuses. */
final class ReportingTrustManager extends X509ExtendedTrustManager {

    private static final int MAX_NAME_LENGTH = 200;

    private final X509ExtendedTrustManager trust;
    private final RefusedClients refused;

    ReportingTrustManager(X509ExtendedTrustManager trust, RefusedClients refused) {
        this.trust = trust;
        this.refused = refused;
    }

    private interface Check {
        void run() throws CertificateException;
    }

    private void reporting(X509Certificate[] chain, Check check) throws CertificateException {
        try {
            check.run();
        } catch (CertificateException e) {
            refused.report("the client's certificate \""
                    + name(chain[0].getSubjectX500Principal().getName())
                    + "\" from \"" + name(chain[0].getIssuerX500Principal().getName()) + "\" is not trusted: "
                    + e.getMessage());
            throw e;
        }
    }

    /** The client chose the name. */
    private static String name(String text) {
        String head = text.length() > MAX_NAME_LENGTH ? text.substring(0, MAX_NAME_LENGTH) + "…" : text;
        return head.replaceAll("\\p{Cntrl}", "?");
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType) throws CertificateException {
        reporting(chain, () -> trust.checkClientTrusted(chain, authType));
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket)
            throws CertificateException {
        reporting(chain, () -> trust.checkClientTrusted(chain, authType, socket));
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
            throws CertificateException {
        reporting(chain, () -> trust.checkClientTrusted(chain, authType, engine));
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType) throws CertificateException {
        trust.checkServerTrusted(chain, authType);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket)
            throws CertificateException {
        trust.checkServerTrusted(chain, authType, socket);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
            throws CertificateException {
        trust.checkServerTrusted(chain, authType, engine);
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return trust.getAcceptedIssuers();
    }
}
