using System.Text.RegularExpressions;

namespace FanOut.EndToEnd.Pipelines;

/// <summary>A machine of a CI service, as far as a job sees it: a checked-out repository, pwsh on the path, and nothing of FanOut installed.</summary>
internal sealed partial class Workspace : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly InstalledModule _module;

    private Workspace(InstalledModule module) => _module = module;

    /// <summary>The repository: deploy/ holds what docs/ci has for it.</summary>
    public string Repository => Path.Join(_folder.Path, "repository");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>Lays one.</summary>
    /// <param name="module">Where the module can be installed from.</param>
    public static async Task<Workspace> CreateAsync(InstalledModule module)
    {
        Workspace workspace = new(module);
        string deploy = workspace.Folder("repository/deploy"), repositories = workspace.Folder(InstalledModule.RepositoriesOfHome("home"));
        foreach (string file in new[] { "deploy.ps1", "fanout.json" })
        {
            await File.WriteAllTextAsync(Path.Join(deploy, file), await File.ReadAllTextAsync(Path.Join(Checkout.Root, "docs", "ci", file), Cancellation), Cancellation);
        }

        foreach (string file in Directory.EnumerateFiles(module.Repositories))
        {
            File.Copy(file, Path.Join(repositories, Path.GetFileName(file)));
        }

        return workspace;
    }

    /// <summary>Runs a step in the repository.</summary>
    /// <param name="step">The step.</param>
    /// <param name="variables">Its variables.</param>
    public async Task<ProgramRun> RunAsync(Step step, IReadOnlyDictionary<string, string> variables)
    {
        string file = Path.Join(Folder("temporary"), $"{Guid.NewGuid():N}{step.Extension}");
        await File.WriteAllTextAsync(file, step.Script, Cancellation);
        Dictionary<string, string> all = new()
        {
            ["PATH"] = _module.Programs + Path.PathSeparator + Environment.GetEnvironmentVariable("PATH"),
            ["NO_COLOR"] = "1",
            ["POWERSHELL_TELEMETRY_OPTOUT"] = "1",

            // Where PowerShell keeps what is installed for a user, and PSResourceGet which repositories he has.
            ["HOME"] = Folder("home"),
        };
        foreach ((string name, string value) in variables)
        {
            all[name] = value.Replace("{0}", Repository, StringComparison.Ordinal);
        }

        string[] command = [.. step.Command.Select(a => a.Replace("{0}", file, StringComparison.Ordinal))];
        return await ProgramRun.OfAsync(command[0] == "pwsh" ? Path.Join(_module.Programs, "pwsh") : command[0], command[1..], Cancellation, environment: all, workingDirectory: Repository);
    }

    /// <summary>Edits a file of deploy/.</summary>
    /// <param name="file">Its name.</param>
    /// <param name="edit">Makes the new lines of the old ones.</param>
    public async Task EditAsync(string file, Func<string[], string[]> edit)
    {
        string path = Path.Join(Repository, "deploy", file);
        await File.WriteAllLinesAsync(path, edit(await File.ReadAllLinesAsync(path, Cancellation)), Cancellation);
    }

    /// <summary>The changes of a plan in what a step wrote: lines of its table with another sign than that of what is unchanged.</summary>
    public static IReadOnlyList<string> Plan(string output) => [.. Changes().Matches(output).Select(static m => m.Groups[1].Value.TrimEnd())];

    /// <inheritdoc/>
    public void Dispose() => _folder.Dispose();

    /// <summary>A folder of the machine, made if it is not there.</summary>
    public string Folder(string name) => Directory.CreateDirectory(Path.Join(_folder.Path, name)).FullName;

    [GeneratedRegex(@"^([+~-] (?:Create|Change|Remove) .*?)\r?$", RegexOptions.Multiline)]
    private static partial Regex Changes();
}
