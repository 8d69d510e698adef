package dev.sluice.toolkit.json;

import com.google.gson.Gson;
import dev.sluice.toolkit.meta.ObjectJson;

/** Provides {@link ToolkitJson} to typed clients; created by the service loader. */
public final class ToolkitObjectJson implements ObjectJson {

    @Override
    public Gson gson() {
        return ToolkitJson.gson();
    }
}
