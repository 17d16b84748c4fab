using System.Management.Automation;
using System.Management.Automation.Runspaces;

namespace FanOut.Testing;

/// <summary>A PowerShell session in this process, with the module of this checkout imported by its manifest.</summary>
/// <remarks>
/// The module's types live in an assembly load context of their own: compare what comes out by text and by properties, never by our types.
/// </remarks>
public sealed class PowerShellSession : IDisposable
{
    private readonly Runspace _runspace;

    // In a run of a CI service the module writes otherwise; the tests are the same there and at a desk.
    static PowerShellSession()
    {
        foreach (string variable in new[] { "GITHUB_ACTIONS", "TF_BUILD", "FANOUT_ANNOTATE" })
        {
            Environment.SetEnvironmentVariable(variable, null);
        }
    }

    /// <summary>Opens a session.</summary>
    /// <param name="import">Whether the module is imported.</param>
    /// <param name="variables">Variables to set before; environment variables as <c>env:NAME</c>.</param>
    public PowerShellSession(bool import = true, IReadOnlyDictionary<string, object?>? variables = null)
    {
        InitialSessionState state = InitialSessionState.CreateDefault2();
        state.ThrowOnRunspaceOpenError = true;
        foreach ((string name, object? value) in variables ?? new Dictionary<string, object?>())
        {
            state.Variables.Add(new SessionStateVariableEntry(name, value, ""));
        }

        _runspace = RunspaceFactory.CreateRunspace(state);
        _runspace.Open();
        if (import)
        {
            Run($"Import-Module '{Manifest}'").ThrowIfFailed();
        }
    }

    /// <summary>The module's manifest in this checkout.</summary>
    public static string Manifest { get; } = Path.Join(Checkout.Root, "FanOut.psd1");

    /// <summary>Runs a script to its end.</summary>
    /// <param name="script">The script.</param>
    /// <param name="input">What is piped into it, as <c>$input</c>.</param>
    public PowerShellResult Run(string script, params object[] input)
    {
        using PowerShell shell = Begin(script);
        PowerShellResult result = new();
        try
        {
            foreach (PSObject output in shell.Invoke(input))
            {
                result.Output.Add(output);
            }
        }
        catch (RuntimeException e)
        {
            result.Terminated = e;
        }

        return result.Of(shell);
    }

    /// <summary>Lets the cmdlets call an endpoint, as somebody.</summary>
    /// <param name="endpoint">Where all services answer.</param>
    /// <param name="accessKey">The access key.</param>
    /// <param name="secretKey">Its secret.</param>
    /// <param name="region">The region.</param>
    public void CallAt(Uri endpoint, string accessKey, string secretKey, string region = "us-east-1") => Run($$"""
        $PSDefaultParameterValues['*-FanOut*:EndpointUrl'] = '{{endpoint}}'
        $PSDefaultParameterValues['*-FanOut*:Region'] = '{{region}}'
        $PSDefaultParameterValues['*-FanOut*:AccessKey'] = '{{accessKey}}'
        $PSDefaultParameterValues['*-FanOut*:SecretKey'] = '{{secretKey}}'
        """).ThrowIfFailed();

    /// <summary>A script that is not started yet, for tests that stop it.</summary>
    public PowerShell Begin(string script)
    {
        var shell = PowerShell.Create(_runspace);
        shell.AddScript(script);
        return shell;
    }

    /// <inheritdoc/>
    public void Dispose() => _runspace.Dispose();
}
