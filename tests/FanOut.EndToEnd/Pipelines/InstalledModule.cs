namespace FanOut.EndToEnd.Pipelines;

/// <summary>A repository of packages with the module as it was built, and what is needed to find and install it from there: once for all tests of a class.</summary>
public sealed class InstalledModule : IAsyncLifetime
{
    private readonly TemporaryFolder _folder = new();

    /// <summary>The folder with a program pwsh, for the path.</summary>
    public string Programs => Path.Join(_folder.Path, "programs");

    /// <summary>The registered repositories of PSResourceGet: only the one called packages.</summary>
    public string Repositories => Path.Join(_folder.Path, RepositoriesOfHome("home"));

    /// <summary>The folder below a user's home in which PSResourceGet keeps which repositories he has.</summary>
    public static string RepositoriesOfHome(string home) => Path.Join(home, ".local", "share", "PSResourceGet");

    private string Module => Path.Join(_folder.Path, "built", "FanOut");

    /// <inheritdoc/>
    public async ValueTask InitializeAsync()
    {
        if (await PwshRun.ToolVersionAsync() is { ExitCode: not 0 } failed)
        {
            ServerMissing.EndTest("The pwsh of .config/dotnet-tools.json", $"dotnet tool restore. ({failed.Text.Trim()})");
        }

        LayModule();
        await WritePwshAsync();
        Directory.CreateDirectory(Repositories);
        string packages = Directory.CreateDirectory(Path.Join(_folder.Path, "packages")).FullName;
        ProgramRun run = await ProgramRun.OfAsync(
            Path.Join(Programs, "pwsh"),
            [
                "-NoProfile", "-NonInteractive", "-Command",
                $"$ErrorActionPreference = 'Stop'; Register-PSResourceRepository -Name packages -Uri '{packages}'; Unregister-PSResourceRepository -Name PSGallery; "
                    + $"Compress-PSResource -Path '{Module}' -DestinationPath '{packages}'",
            ],
            CancellationToken.None,
            environment: new Dictionary<string, string> { ["HOME"] = Path.Join(_folder.Path, "home"), ["NO_COLOR"] = "1" });
        Assert.True(run.ExitCode == 0, run.Text);
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        _folder.Dispose();
        return ValueTask.CompletedTask;
    }

    // With the portable function alone: it is what every build has.
    private void LayModule()
    {
        Directory.CreateDirectory(Path.Join(Module, "bin", "function"));
        Directory.CreateDirectory(Path.Join(Module, "en-US"));
        foreach (string file in new[] { "FanOut.psd1", "FanOut.psm1", "FanOut.Format.ps1xml" })
        {
            File.Copy(Path.Join(Checkout.Root, file), Path.Join(Module, file));
        }

        foreach (string folder in new[] { "bin", "en-US" })
        {
            foreach (string file in Directory.EnumerateFiles(Path.Join(Checkout.Root, folder)))
            {
                File.Copy(file, Path.Join(Module, folder, Path.GetFileName(file)));
            }
        }

        File.Copy(Checkout.Built("FanOut.Quickstart", "fanout-dotnet10.zip"), Path.Join(Module, "bin", "function", "fanout-dotnet10.zip"));
    }

    // The dotnet tool has no program of its own: dotnet runs its library.
    private async Task WritePwshAsync()
    {
        ProgramRun run = await PwshRun.OfAsync(PwshRun.Tool, ["-Command", "Join-Path $PSHOME pwsh.dll"], CancellationToken.None);
        string file = Path.Join(Directory.CreateDirectory(Programs).FullName, "pwsh");
        await File.WriteAllTextAsync(file, $"#!/bin/sh\nexec dotnet '{run.Output.Trim()}' \"$@\"\n");
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
    }
}
