using System.Management.Automation;
using System.Net;
using System.Net.Sockets;
using Amazon.Runtime;
using FanOut.Aws;
using FanOut.Aws.S3;
using FanOut.Aws.Sqs;
using FanOut.Credentials;
using FanOut.LocalCloud.Faults;

namespace FanOut.Tests.Cmdlets.Credentials;

/// <summary>Endpoints that refuse, or say nothing: the error names them, says where they come from, and ends the pipeline.</summary>
public sealed class EndpointErrorTests : CredentialsTests
{
    private const string Keyed = "-AccessKey AKIAHERE -SecretKey " + Secret + " -Region us-east-1";

    // The session's default endpoint is the cloud; null lets the variable or the profile decide.
    private const string NoDefault = "$PSDefaultParameterValues.Remove('*-FanOut*:EndpointUrl'); ";

    [Theory]
    [InlineData("-EndpointUrl http://127.0.0.1:1", null, null, "-EndpointUrl")]
    [InlineData("", "AWS_ENDPOINT_URL", null, "AWS_ENDPOINT_URL")]
    [InlineData("", "AWS_ENDPOINT_URL_DYNAMODB", null, "AWS_ENDPOINT_URL_DYNAMODB")]
    [InlineData("-ProfileName work", null, "endpoint_url = http://127.0.0.1:1", "endpoint_url of the profile 'work'")]
    public void A_refused_connection_names_call_endpoint_and_where_that_comes_from(string parameters, string? variable, string? setting, string origin)
    {
        if (variable is not null)
        {
            Set(variable, "http://127.0.0.1:1");
        }

        Write(".aws/config", $"[profile work]\n{Keys("AKIAWORK")}region = us-east-1\n{setting}\n");
        string caller = setting is null ? Keyed : "";

        ErrorRecord error = AssertError(RunToError($"{NoDefault}{Get} {caller} {parameters} -ErrorAction Stop"), "EndpointUnreachable", ErrorCategory.ConnectionError);

        Assert.StartsWith($"127.0.0.1:1 ({origin}) could not be reached for the call dynamodb Query in us-east-1: Connection refused", error.Exception.Message, StringComparison.Ordinal);
        Assert.Contains($"which comes from {origin},", error.ErrorDetails.RecommendedAction, StringComparison.Ordinal);
    }

    [Fact]
    public void A_host_that_nobody_knows_is_named_as_aws_s_own()
    {
        ErrorRecord error = AssertError(RunToError($"{NoDefault}{Get} {Keyed.Replace("us-east-1", "us-nowhere-1", StringComparison.Ordinal)} -ErrorAction Stop"), "EndpointUnreachable", ErrorCategory.ConnectionError);

        Assert.StartsWith("dynamodb.us-nowhere-1.amazonaws.com:443 could not be reached for the call dynamodb Query in us-nowhere-1: ", error.Exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("AWS_USE_FIPS_ENDPOINT", null, "-fips", "amazonaws.com")]
    [InlineData("AWS_USE_DUALSTACK_ENDPOINT", null, "", "api.aws")]
    [InlineData(null, "use_fips_endpoint", "-fips", "amazonaws.com")]
    [InlineData(null, "use_dualstack_endpoint", "", "api.aws")]
    public void All_services_have_the_endpoints_that_were_asked_for(string? variable, string? setting, string infix, string suffix)
    {
        if (variable is not null)
        {
            Set(variable, "true");
        }

        Write(".aws/config", $"[profile work]\n{Keys("AKIAWORK")}region = us-nowhere-1\n{setting ?? "output"} = true\n");
        string origin = variable ?? $"{setting} of the profile 'work'";
        string where = $"{infix}.us-nowhere-1.{suffix}:443 ({origin}) could not be reached for the call ";

        Assert.StartsWith("dynamodb" + where, RunToError($"{NoDefault}{Get} -Region us-nowhere-1 -ProfileName work -ErrorAction Stop").Exception.Message, StringComparison.Ordinal);
        Assert.StartsWith("lambda" + where, RunToError($"{NoDefault}Get-FanOutFunction -FunctionName fanout -Region us-nowhere-1 -ProfileName work -ErrorAction Stop").Exception.Message, StringComparison.Ordinal);
        Assert.StartsWith("sqs" + where, RunToError($"{NoDefault}Register-FanOutTarget sqs t queue -SourceArn {SourceArn} -Region us-nowhere-1 -ProfileName work -ErrorAction Stop").Exception.Message, StringComparison.Ordinal);
    }

    // The function has no session: its clients read the environment themselves.
    [Theory]
    [InlineData("AWS_USE_FIPS_ENDPOINT", "sqs-fips.eu-west-1.amazonaws.com")]
    [InlineData("AWS_USE_DUALSTACK_ENDPOINT", "sqs.eu-west-1.api.aws")]
    public void The_function_s_clients_heed_the_environment(string variable, string host)
    {
        Set(variable, "true");

        Assert.Equal($"https://{host}/", new AwsClientConfig(AmazonSQSClient.Service, "eu-west-1").DetermineServiceOperationEndpoint(new(null)).URL);
    }

    [Fact]
    public void An_endpoint_that_was_set_contradicts_those_of_AWS()
    {
        Set("AWS_USE_FIPS_ENDPOINT", "true");

        ErrorRecord error = AssertError(RunToError($"{Get} {Keyed} -ErrorAction Stop"), "InvalidParameter", ErrorCategory.InvalidArgument);

        Assert.StartsWith("An endpoint comes from -EndpointUrl, and AWS_USE_FIPS_ENDPOINT is true", error.Exception.Message, StringComparison.Ordinal);
        Assert.Empty(Cloud.Calls);
    }

    [Theory]
    [InlineData(null, "use_fips_endpoint", "use_fips_endpoint of the profile 'work'")]
    [InlineData("AWS_USE_FIPS_ENDPOINT", "use_fips_endpoint", "AWS_USE_FIPS_ENDPOINT")]
    public void What_has_no_such_endpoint_names_the_variable_or_the_profile_that_asked_for_it(string? variable, string setting, string origin)
    {
        if (variable is not null)
        {
            Set(variable, "true");
        }

        Write(".aws/config", $"[profile work]\n{Keys("AKIAWORK")}region = eu-west-1\n{setting} = true\nuse_dualstack_endpoint = true\n");

        using AwsSession session = OpenSession.Of(new SessionRequest { ProfileName = "work" }, new CallLog(), TimeProvider.System, TestContext.Current.CancellationToken);
        AwsClientConfig config = session.Configure(new AwsClientConfig(AmazonS3Client.Service, "cn-north-1"));

        Assert.StartsWith(
            $"S3 has no endpoint in cn-north-1 for {origin} and use_dualstack_endpoint of the profile 'work'.",
            Assert.Throws<AmazonClientException>(() => config.DetermineServiceOperationEndpoint(new(null))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_endpoint_that_never_answers_is_given_up_once_and_named()
    {
        using var silent = new TcpListener(IPAddress.Loopback, 0);
        silent.Start();
        int port = ((IPEndPoint)silent.LocalEndpoint).Port;

        ErrorRecord error = AssertError(RunToError($"{Get} {Keyed} -EndpointUrl http://127.0.0.1:{port} -TimeoutSec 1 -ErrorAction Stop"), "NoAnswer", ErrorCategory.OperationTimeout);

        Assert.StartsWith($"127.0.0.1:{port} (-EndpointUrl) has not answered the call dynamodb Query in us-east-1 within 1 s.", error.Exception.Message, StringComparison.Ordinal);
        using Socket only = silent.AcceptSocket();
        Assert.False(silent.Pending());
    }

    [Theory]
    [InlineData("ExpiredTokenException", "CredentialsMissing")]
    [InlineData("UnrecognizedClientException", "CredentialsMissing")]
    public void What_fails_for_all_objects_ends_the_pipeline_at_the_first(string code, string id)
    {
        Cloud.Faults.Add(new Fault { Kind = FaultKind.Error, Service = "dynamodb", Code = code, Status = 400, Message = "No." });

        PowerShellResult result = Run($"'a', 'b', 'c' | ForEach-Object {{ [pscustomobject]@{{ Id = $_; SourceArn = '{SourceArn}' }} }} | Enable-FanOutTarget {Keyed} -ErrorAction Continue");

        AssertError(result, id, ErrorCategory.AuthenticationError);
        Assert.Single(Cloud.Calls, static c => c.Service == "dynamodb");
    }

    [Fact]
    public void No_connection_ends_the_pipeline_at_the_first()
    {
        PowerShellResult result = Run($"'a', 'b', 'c' | ForEach-Object {{ [pscustomobject]@{{ Id = $_; SourceArn = '{SourceArn}' }} }} | Enable-FanOutTarget {Keyed} -EndpointUrl http://127.0.0.1:1 -ErrorAction Continue");

        AssertError(result, "EndpointUnreachable", ErrorCategory.ConnectionError);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(3601)]
    public void A_time_that_is_none_is_refused(int seconds) =>
        Assert.StartsWith("ParameterArgumentValidationError,", RunToError($"{Get} -TimeoutSec {seconds}").FullyQualifiedErrorId, StringComparison.Ordinal);
}
