using System.Management.Automation;

namespace FanOut.Testing;

/// <summary>What a script wrote to each stream.</summary>
public sealed class PowerShellResult
{
    /// <summary>The output.</summary>
    public IList<PSObject> Output { get; } = [];

    /// <summary>The errors that let the script go on.</summary>
    public IReadOnlyList<ErrorRecord> Errors { get; private set; } = [];

    /// <summary>The error that ended it.</summary>
    public RuntimeException? Terminated { get; set; }

    /// <summary>The warnings.</summary>
    public IReadOnlyList<string> Warnings { get; private set; } = [];

    /// <summary>The verbose stream.</summary>
    public IReadOnlyList<string> Verbose { get; private set; } = [];

    /// <summary>What Write-Host and -WhatIf wrote.</summary>
    public IReadOnlyList<string> Information { get; private set; } = [];

    /// <summary>Every error, the ending one last.</summary>
    public IReadOnlyList<ErrorRecord> AllErrors => Terminated is null ? Errors : [.. Errors, Terminated.ErrorRecord];

    /// <summary>Everything that any stream shows, to look for what must not be there.</summary>
    public string AllText => string.Join(
        '\n', Output.Select(static o => $"{o}").Concat(AllErrors.Select(static e => $"{e} {e.ErrorDetails?.RecommendedAction} {e.Exception}")).Concat(Warnings).Concat(Verbose).Concat(Information));

    /// <summary>The only output.</summary>
    public PSObject Only()
    {
        ThrowIfFailed();
        return Assert.Single(Output);
    }

    /// <summary>A property of the only output.</summary>
    public object? Property(string name) => Only().Properties[name]?.Value;

    /// <summary>The only error.</summary>
    public ErrorRecord Error() => Assert.Single(AllErrors);

    /// <summary>Fails the test with the first error, if there is one.</summary>
    public PowerShellResult ThrowIfFailed()
    {
        Assert.True(AllErrors.Count == 0, AllErrors.Count == 0 ? "" : $"{AllErrors[0]} ({AllErrors[0].FullyQualifiedErrorId})\n{AllErrors[0].Exception}\n{AllErrors[0].ScriptStackTrace}");
        return this;
    }

    internal PowerShellResult Of(PowerShell shell)
    {
        Errors = [.. shell.Streams.Error];
        Warnings = [.. shell.Streams.Warning.Select(static w => w.Message)];
        Verbose = [.. shell.Streams.Verbose.Select(static v => v.Message)];
        Information = [.. shell.Streams.Information.Select(static i => $"{i.MessageData}")];
        return this;
    }
}
