using System.Management.Automation;

namespace FanOut.Tests.Cmdlets.Targets;

/// <summary>What the cmdlets say of http targets, and that what is in the secret of their headers is told nowhere.</summary>
public sealed class HttpTargetTests : IAsyncDisposable
{
    private const string Hush = "hush-token-Zx9";

    private readonly CloudSession _session = new();
    private readonly string _secret;

    public HttpTargetTests() => _secret = _session.Cloud.SecretsManager.Put("shop/key", $$"""{"Authorization":"Bearer {{Hush}}"}""");

    public ValueTask DisposeAsync() => _session.DisposeAsync();

    [Fact]
    public void The_plan_shows_the_requests_and_reads_no_secret()
    {
        Register("-Collapse array");
        _session.Forget();

        PowerShellResult result = Run("Test-FanOutTarget t -Record @{ n = 1 }, @{ n = 2 }");

        PSObject plan = Check(result, "Plan");
        PSObject call = PSObject.AsPSObject(Assert.Single((IEnumerable<object>)plan.Properties["Calls"].Value));
        Assert.Equal(("POST /orders", "https://api.example.com/orders?v=2", 2), (Text(call, "Operation"), Text(call, "Uri"), (int)call.Properties["Items"].Value));
        Assert.Equal("""[{"n":1},{"n":2}]""", System.Text.Encoding.UTF8.GetString((byte[])call.Properties["Body"].Value));
        Assert.DoesNotContain(_session.Calls, static c => c.StartsWith("secretsmanager", StringComparison.Ordinal));
    }

    [Fact]
    public void The_function_may_read_that_secret_alone_and_Environment_says_whether_it_is_there()
    {
        Register();

        Assert.Contains(_secret, $"{Run("Get-FanOutPolicy | ForEach-Object Document").Output[0]}", StringComparison.Ordinal);
        PSObject there = Check(Run("Test-FanOutTarget t -Environment"), "Destination");
        Assert.Equal("Pass", Text(there, "Status"));
        Assert.StartsWith($"The secret {_secret} is there; what is in it was not read.", Text(there, "Detail"), StringComparison.Ordinal);
        Assert.DoesNotContain("secretsmanager:GetSecretValue", _session.Calls);

        _session.Cloud.SecretsManager.Remove(_secret);
        Assert.Equal("Fail", Text(Check(Run("Test-FanOutTarget t -Environment"), "Destination"), "Status"));
    }

    // This machine is never connected to, whoever sends.
    [Fact]
    public void Sending_to_ones_own_machine_is_refused_by_its_address()
    {
        PowerShellResult result = Run($"Register-FanOutTarget http t https://localhost:9001/orders -SourceArn {CloudSession.Orders} -HeadersSecret {_secret} -Enabled; Test-FanOutTarget t -Send -Confirm:$false");

        PSObject send = Check(result, "Send");
        Assert.Equal("Fail", Text(send, "Status"));
        Assert.Contains("AddressRefused", Text(send, "Detail"), StringComparison.Ordinal);
        Assert.Contains("loopback", Text(send, "Detail"), StringComparison.Ordinal);
        Assert.Contains($"sent from here with the headers of the secret {_secret}, read as access key", Text(send, "Detail"), StringComparison.Ordinal);
        Assert.Contains("secretsmanager:GetSecretValue", _session.Calls);
    }

    [Fact]
    public void Nobody_s_key_has_to_do_with_an_endpoint_without_headers()
    {
        PowerShellResult result = Run($"Register-FanOutTarget http t https://localhost:9001/orders -SourceArn {CloudSession.Orders} -Enabled; Test-FanOutTarget t -Send -Confirm:$false");

        Assert.DoesNotContain("access key", Text(Check(result, "Send"), "Detail"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("-DestinationRegion eu-west-1", "DestinationRegion")]
    [InlineData("-DestinationRoleArn arn:aws:iam::210987654321:role/r", "HeadersSecret")]
    [InlineData("-HeadersSecret shop/key", "arn:aws:secretsmanager:")]
    [InlineData("-Collapse concat-b64", "concat-b64")]
    public void What_an_endpoint_does_not_have_is_refused(string parameters, string words)
    {
        PowerShellResult result = _session.Run($"Register-FanOutTarget http t https://api.example.com/orders -SourceArn {CloudSession.Orders} {parameters}");

        Assert.Contains(words, Assert.Single(result.Errors).Exception.Message, StringComparison.Ordinal);
        Assert.Empty(_session.Rows);
    }

    [Fact]
    public void A_role_reads_the_secret_where_one_is_given()
    {
        Register("-DestinationRoleArn arn:aws:iam::210987654321:role/reader");

        string policies = string.Join('\n', Run("Get-FanOutPolicy -Type TargetRole | ForEach-Object Document").Output);
        Assert.Contains("secretsmanager:GetSecretValue", policies, StringComparison.Ordinal);
        Assert.Contains(_secret, policies, StringComparison.Ordinal);
    }

    private void Register(string more = "") =>
        Run($"Register-FanOutTarget http t 'https://api.example.com/orders?v=2' -SourceArn {CloudSession.Orders} -HeadersSecret {_secret} -Enabled {more}");

    private PowerShellResult Run(string script)
    {
        PowerShellResult result = _session.Run(script).ThrowIfFailed();
        Assert.DoesNotContain(Hush, result.AllText, StringComparison.Ordinal);
        return result;
    }

    private static PSObject Check(PowerShellResult result, string check) => Assert.Single(result.Output, c => c.Properties["Check"] is not null && Text(c, "Check") == check);

    private static string Text(PSObject of, string property) => $"{of.Properties[property]?.Value}";
}
