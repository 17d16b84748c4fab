[assembly: AssemblyFixture(typeof(FanOut.EndToEnd.Servers.ChromiumServer))]

namespace FanOut.EndToEnd.Servers;

/// <summary>Chromium without a window, which is told by the DevTools protocol what to open.</summary>
/// <remarks>https://chromedevtools.github.io/devtools-protocol/</remarks>
public sealed class ChromiumServer : LazyServer
{
    private readonly TemporaryFolder _profile = new();

    /// <inheritdoc/>
    protected override string Name => "Chromium";

    /// <inheritdoc/>
    protected override string Remedy => "apt-get install chromium";

    /// <inheritdoc/>
    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        _profile.Dispose();
    }

    /// <inheritdoc/>
    protected override async Task<ServerProcess?> LaunchAsync()
    {
        if (new[] { "chromium", "google-chrome", "chromium-browser" }.Select(ProgramRun.Find).FirstOrDefault(static p => p is not null) is not { } program)
        {
            return null;
        }

        int port = FreePort.Pick();
        string[] arguments =
        [
            "--headless=new", $"--remote-debugging-port={port}", $"--user-data-dir={_profile.Path}", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run",
            "--disable-background-networking", "--disable-component-update", "--hide-scrollbars",
            // Its sandbox refuses to run for root, as in containers; what it opens here are pages of ours.
            .. Environment.IsPrivilegedProcess ? new[] { "--no-sandbox" } : [], "about:blank",
        ];
        return await ServerProcess.StartAsync(program, arguments, port);
    }
}
