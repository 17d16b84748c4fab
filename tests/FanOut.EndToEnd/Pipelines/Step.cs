namespace FanOut.EndToEnd.Pipelines;

/// <summary>One step of a job: a script and the shell that runs it.</summary>
/// <param name="Script">The script as the shell gets it.</param>
/// <param name="Extension">The extension of the script's file.</param>
/// <param name="Command">The program and its arguments, with the script's file in place of <c>{0}</c>.</param>
internal sealed record Step(string Script, string Extension, IReadOnlyList<string> Command)
{
    /// <summary>A run step of GitHub Actions, in the lines that its runner puts around the script.</summary>
    /// <remarks>https://docs.github.com/actions/reference/workflows-and-actions/workflow-syntax#exit-codes-and-error-action-preference; src/Runner.Worker/Handlers/ScriptHandlerHelpers.cs of github.com/actions/runner.</remarks>
    public static Step OfGitHub(string shell, string script)
    {
        Assert.Equal("pwsh", shell);
        return new($"$ErrorActionPreference = 'stop'\n{script}\nif ((Test-Path -LiteralPath variable:\\LASTEXITCODE)) {{ exit $LASTEXITCODE }}\n", ".ps1", ["pwsh", "-command", ". '{0}'"]);
    }

    /// <summary>A pwsh step of Azure Pipelines; its error action preference is stop unless it says otherwise.</summary>
    /// <remarks>https://learn.microsoft.com/azure/devops/pipelines/yaml-schema/steps-pwsh</remarks>
    public static Step OfPwsh(string script) =>
        new($"$ErrorActionPreference = 'stop'\n{script}\nif (Test-Path -LiteralPath variable:\\LASTEXITCODE) {{ exit $LASTEXITCODE }}\n", ".ps1", ["pwsh", "-NoLogo", "-NoProfile", "-NonInteractive", "-Command", ". '{0}'"]);

    /// <summary>A line of a shell.</summary>
    public static Step OfBash(string script) => new(script, ".sh", ["bash", "-e", "{0}"]);
}
