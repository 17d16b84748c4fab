using System.Collections;
using System.Management.Automation;
using FanOut.LocalCloud;
using FanOut.LocalCloud.Http;

namespace FanOut.Tests.Cmdlets.Credentials;

/// <summary>A PowerShell session in a process whose environment says nothing of AWS, with a home folder of its own, at a cloud.</summary>
[Collection(nameof(EnvironmentCollection))]
public abstract class CredentialsTests : IAsyncDisposable
{
    /// <summary>The secret of every key here; it must never be shown.</summary>
    protected const string Secret = "s3cr3t/Of+Every1";

    /// <summary>The token of every temporary key here; it must never be shown.</summary>
    protected const string Token = "t0ken-of-a-session";

    /// <summary>The source of the targets that are read.</summary>
    protected const string SourceArn = "arn:aws:kinesis:us-east-1:123456789012:stream/orders";

    /// <summary>A cmdlet that makes one call, of DynamoDB.</summary>
    protected const string Get = "Get-FanOutTarget -SourceArn " + SourceArn;

    private readonly Dictionary<string, string?> _before = [];
    private readonly Lazy<PowerShellSession> _session;

    protected CredentialsTests()
    {
        foreach (DictionaryEntry variable in Environment.GetEnvironmentVariables())
        {
            if (variable.Key is string name && name.StartsWith("AWS_", StringComparison.Ordinal))
            {
                Set(name, null);
            }
        }

        Set("HOME", Home);
        Set("AWS_EC2_METADATA_DISABLED", "true");
        Cloud.Dynamo.CreateTable("fanoutTargets", "sourceArn", "id");
        _session = new(() =>
        {
            PowerShellSession session = new(variables: Variables);
            session.Run($"$PSDefaultParameterValues['*-FanOut*:EndpointUrl'] = '{Cloud.Endpoint}'").ThrowIfFailed();
            return session;
        });
    }

    protected Cloud Cloud { get; } = Cloud.Start();

    /// <summary>The user's home.</summary>
    protected string Home { get; } = Directory.CreateTempSubdirectory("fanout-credentials-").FullName;

    /// <summary>The session's variables, until it is opened.</summary>
    protected Dictionary<string, object?> Variables { get; } = [];

    protected PowerShellSession Session => _session.Value;

    /// <summary>The only call that DynamoDB got.</summary>
    protected LoggedCall DynamoCall => Assert.Single(Cloud.Calls, static c => c.Service == "dynamodb");

    /// <summary>Runs a script; whatever happens, no secret is shown.</summary>
    protected PowerShellResult Run(string script)
    {
        PowerShellResult result = Session.Run("$VerbosePreference = 'Continue'; $DebugPreference = 'Continue'\n" + script);
        Assert.DoesNotContain(Secret, result.AllText, StringComparison.Ordinal);
        Assert.DoesNotContain(Token, result.AllText, StringComparison.Ordinal);
        return result;
    }

    /// <summary>Runs a script that an error ends.</summary>
    protected ErrorRecord RunToError(string script)
    {
        PowerShellResult result = Run($"try {{ {script} }} catch {{ $_ }}");
        ErrorRecord error = Assert.IsType<ErrorRecord>(result.Only().BaseObject);
        Assert.DoesNotContain(Secret, $"{error} {error.ErrorDetails} {error.Exception}", StringComparison.Ordinal);
        return error;
    }

    /// <summary>Sets a variable of the environment until the test ends.</summary>
    protected void Set(string variable, string? value)
    {
        _before.TryAdd(variable, Environment.GetEnvironmentVariable(variable));
        Environment.SetEnvironmentVariable(variable, value);
    }

    /// <summary>Writes a file in the home folder.</summary>
    protected string Write(string file, string text)
    {
        string path = Path.Join(Home, file);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
        return path;
    }

    /// <summary>The settings of a profile with a key.</summary>
    protected static string Keys(string id) => $"aws_access_key_id = {id}\naws_secret_access_key = {Secret}\n";

    /// <summary>A server that answers each path with a JSON document.</summary>
    protected static HttpServer Answering(Func<HttpRequest, string?> body) => HttpServer.Start((request, _) =>
        Task.FromResult(body(request) is { } text ? HttpResponse.Text(200, "application/json", text) : HttpResponse.Text(404, "text/plain", "")));

    /// <summary>The one error, with its id, its category and what to do.</summary>
    protected static ErrorRecord AssertError(PowerShellResult result, string id, ErrorCategory category) => AssertError(result.Error(), id, category);

    /// <inheritdoc cref="AssertError(PowerShellResult, string, ErrorCategory)"/>
    protected static ErrorRecord AssertError(ErrorRecord error, string id, ErrorCategory category)
    {
        Assert.StartsWith(id + ",", error.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Equal(category, error.CategoryInfo.Category);
        Assert.NotEqual("", error.ErrorDetails.RecommendedAction);
        return error;
    }

    public async ValueTask DisposeAsync()
    {
        if (_session.IsValueCreated)
        {
            Session.Dispose();
        }

        foreach ((string name, string? value) in _before)
        {
            Environment.SetEnvironmentVariable(name, value);
        }

        await Cloud.DisposeAsync();
        Directory.Delete(Home, recursive: true);
        GC.SuppressFinalize(this);
    }
}
