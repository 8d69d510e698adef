package dev.sluice.kubetest.real;

import java.io.IOException;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The command line of kube-apiserver. */
final class ApiServerCommand {

    /**
     * Processor time is scarcer than memory: a build runs this next to several JVMs on two cores. One thread at a time
     * needs an eighth less for the same requests than two. Without this instruction, Go prefers ChaCha20, which a JVM
     * that has just started decrypts four times as fast as AES-GCM.
     */
    private static final Map<String, String> CHEAP =
            Map.of("GOMEMLIMIT", "1GiB", "GOGC", "1000", "GOMAXPROCS", "1", "GODEBUG", "cpu.pclmulqdq=off");

    private ApiServerCommand() {}

    static ServerProcess launch(RealApiOptions options, ServerFiles files, URI etcd, int port) throws IOException {
        Map<String, String> flags = new LinkedHashMap<>();
        flags.put("etcd-servers", etcd.toString());
        flags.put("bind-address", Loopback.HOST);
        flags.put("advertise-address", Loopback.HOST);
        flags.put("secure-port", Integer.toString(port));
        flags.put("cert-dir", files.certificateDirectory().toString());
        flags.put("token-auth-file", files.tokens().toString());
        flags.put("authorization-mode", options.authorization());
        flags.put("service-cluster-ip-range", "10.0.0.0/24");
        flags.put("service-account-issuer", "https://kubernetes.default.svc");
        flags.put("service-account-key-file", files.signingKey().publicKey().toString());
        flags.put(
                "service-account-signing-key-file",
                files.signingKey().privateKey().toString());
        // The plugin requires a service account for every pod, which no controller creates here.
        flags.put("disable-admission-plugins", "ServiceAccount");
        flags.putAll(options.flags());
        List<String> arguments = flags.entrySet().stream()
                .map(flag -> "--" + flag.getKey() + "=" + flag.getValue())
                .toList();
        return ServerProcess.start(options.assets().kubeApiServer(), arguments, CHEAP, files.apiServerLog());
    }
}
