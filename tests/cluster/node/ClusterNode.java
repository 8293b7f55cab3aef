import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.opensearch.common.logging.LogConfigurator;
import org.opensearch.common.settings.Settings;
import org.opensearch.node.InternalSettingsPreparer;
import org.opensearch.node.Node;
import org.opensearch.plugins.Plugin;

/**
 * One OpenSearch node in a process of its own: `ClusterNode key=value ...`, each a setting.
 *
 * <p>It is started from its parts, as OpenSearch's own tests start it, and not by the server's own
 * launcher, which refuses to run as root.
 */
public final class ClusterNode extends Node {
  private static final List<String> PLUGINS =
      List.of(
          "org.opensearch.transport.Netty4Plugin",
          "org.opensearch.analysis.common.CommonAnalysisPlugin",
          "org.opensearch.index.reindex.ReindexPlugin",
          "org.opensearch.painless.PainlessPlugin",
          "org.opensearch.knn.plugin.KNNPlugin");

  private ClusterNode(Settings settings, Collection<Class<? extends Plugin>> plugins) {
    super(
        InternalSettingsPreparer.prepareEnvironment(settings, Map.of(), null, () -> "node"),
        plugins,
        false);
  }

  public static void main(String[] arguments) throws Exception {
    Settings.Builder builder = Settings.builder();
    for (String argument : arguments) {
      int at = argument.indexOf('=');
      String value = argument.substring(at + 1);
      if (value.contains(",")) {
        builder.putList(argument.substring(0, at), value.split(","));
      } else {
        builder.put(argument.substring(0, at), value);
      }
    }
    Settings settings = builder.build();
    LogConfigurator.configureWithoutConfig(settings);
    Collection<Class<? extends Plugin>> plugins = new ArrayList<>();
    for (String name : PLUGINS) {
      plugins.add(Class.forName(name).asSubclass(Plugin.class));
    }
    ClusterNode node = new ClusterNode(settings, plugins);
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(
                () -> {
                  try {
                    node.close();
                  } catch (Exception error) {
                    error.printStackTrace();
                  }
                }));
    node.start();
    System.out.println("started " + Path.of(settings.get("path.data")).getFileName());
    // Who started the node holds its input open: when that process is gone, so is the node.
    while (System.in.read() >= 0) {}
    System.exit(0);
  }
}
