using System.Management.Automation;
using FanOut.LocalCloud.Lambda;

namespace FanOut.Tests.Cmdlets.Deployment;

/// <summary>A cloud in which the function fresh is not there yet, and a package for it.</summary>
public abstract class DeploymentTests : IAsyncDisposable
{
    private protected const string Trust =
        """{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"Service":"lambda.amazonaws.com"},"Action":"sts:AssumeRole"}]}""";

    private protected const string Theirs = """{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":["sqs:SendMessage"],"Resource":["*"]}]}""";

    private readonly TemporaryFolder _folder = new();

    private protected DeploymentTests(bool enforcePolicies = false)
    {
        Session = new CloudSession(enforcePolicies: enforcePolicies);
        PackagePath = Package.Write(Path.Join(_folder.Path, "function.zip"));
        Session.Run($$"""
            $PSDefaultParameterValues['*-FanOut*:FunctionName'] = 'fresh'
            $PSDefaultParameterValues['Publish-FanOutFunction:PackagePath'] = '{{PackagePath}}'
            $PSDefaultParameterValues['Publish-FanOutFunction:SkipTest'] = $true
            """).ThrowIfFailed();
    }

    private protected CloudSession Session { get; }

    private protected string PackagePath { get; }

    private protected LambdaFunctionConfiguration Deployed => Session.Lambda.Find("fresh")!.Configuration;

    private protected string Policy => Session.Cloud.Iam.Find("freshRole")!.InlinePolicies["FanOut-fresh"];

    public virtual async ValueTask DisposeAsync()
    {
        await Session.DisposeAsync();
        _folder.Dispose();
        GC.SuppressFinalize(this);
    }

    private protected PowerShellResult Run(string script) => Session.Run(script);

    private protected static string Texts(PSObject of, params string[] properties) => string.Join(' ', properties.Select(p => of.Properties[p].Value));
}
