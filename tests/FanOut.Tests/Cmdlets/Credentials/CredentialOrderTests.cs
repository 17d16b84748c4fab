using System.Management.Automation;
using Amazon.Runtime;
using FanOut.LocalCloud.Http;

namespace FanOut.Tests.Cmdlets.Credentials;

/// <summary>Who calls, where there are several that could.</summary>
public sealed class CredentialOrderTests : CredentialsTests
{
    private const string Expiring = $$"""
        {"Code":"Success","AccessKeyId":"{0}","SecretAccessKey":"{{Secret}}","Token":"{{Token}}","Expiration":"2099-01-01T00:00:00Z"}
        """;

    private static readonly string[] Order =
        ["AKIAKEYS", "AKIAOBJECT", "AKIAPROFILE", "AKIASTORED", "AKIAENVIRONMENT", "AKIAVARIABLE", "AKIADEFAULT", "ASIACONTAINER", "ASIAINSTANCE"];

    [Theory]
    [InlineData("AKIAKEYS", "access key AKIAKEYS")]
    [InlineData("AKIAOBJECT", "-Credential (access key AKIAOBJECT)")]
    [InlineData("AKIAPROFILE", "profile 'named' (access key AKIAPROFILE)")]
    [InlineData("AKIASTORED", "$StoredAWSCredentials (access key AKIASTORED)")]
    [InlineData("AKIAENVIRONMENT", "environment (access key AKIAENVIRONMENT)")]
    [InlineData("AKIAVARIABLE", "profile 'variable' (access key AKIAVARIABLE)")]
    [InlineData("AKIADEFAULT", "profile 'default' (access key AKIADEFAULT)")]
    [InlineData("ASIACONTAINER", "container")]
    [InlineData("ASIAINSTANCE", "instance (role fanout-host)")]
    public async Task The_first_that_was_given_calls_and_the_others_do_not(string key, string identity)
    {
        await using HttpServer around = Answering(Surroundings);
        HashSet<string> given = [.. Order.SkipWhile(k => k != key)];
        Write(".aws/credentials", $"[named]\n{Keys("AKIAPROFILE")}[variable]\n{Keys("AKIAVARIABLE")}" + (given.Contains("AKIADEFAULT") ? $"[default]\n{Keys("AKIADEFAULT")}" : ""));
        SetWhere("AKIAENVIRONMENT", "AWS_ACCESS_KEY_ID", "AKIAENVIRONMENT");
        SetWhere("AKIAENVIRONMENT", "AWS_SECRET_ACCESS_KEY", Secret);
        SetWhere("AKIAVARIABLE", "AWS_PROFILE", "variable");
        SetWhere("ASIACONTAINER", "AWS_CONTAINER_CREDENTIALS_FULL_URI", $"{around.Endpoint}container");
        SetWhere("ASIAINSTANCE", "AWS_EC2_METADATA_DISABLED", null);
        SetWhere("ASIAINSTANCE", "AWS_EC2_METADATA_SERVICE_ENDPOINT", $"{around.Endpoint}");
        Variables["StoredAWSCredentials"] = given.Contains("AKIASTORED") ? new AWSPSCredentials(new BasicAWSCredentials("AKIASTORED", Secret)) : null;
        Variables["object"] = new BasicAWSCredentials("AKIAOBJECT", Secret);

        PowerShellResult result = Run(
            Get
            + (given.Contains("AKIAKEYS") ? $" -AccessKey AKIAKEYS -SecretKey {Secret}" : "")
            + (given.Contains("AKIAOBJECT") ? " -Credential ([pscredential]::new('AKIAOBJECT', ('" + Secret + "' | ConvertTo-SecureString -AsPlainText)))" : "")
            + (given.Contains("AKIAPROFILE") ? " -ProfileName named" : ""));

        result.ThrowIfFailed();
        Assert.Equal(key, DynamoCall.AccessKeyId);
        Assert.Contains($"Calling AWS in us-east-1 as {identity}.", result.Verbose);

        void SetWhere(string source, string variable, string? value)
        {
            if (given.Contains(source))
            {
                Set(variable, value);
            }
        }
    }

    [Theory]
    [InlineData("-AccessKey AKIAKEYS -SecretKey {0} -SessionToken {1}")]
    [InlineData("-AK AKIAKEYS -SK {0} -ST {1}")]
    [InlineData("-AccessKey AKIAKEYS -SecretAccessKey {0} -SessionToken {1}")]
    public void A_temporary_key_is_sent_with_its_token(string keys)
    {
        Run($"{Get} " + string.Format(System.Globalization.CultureInfo.InvariantCulture, keys, Secret, Token)).ThrowIfFailed();

        Assert.Equal(("AKIAKEYS", Token), (DynamoCall.AccessKeyId, DynamoCall.Headers["X-Amz-Security-Token"]));
    }

    [Fact]
    public void A_profile_beside_keys_is_not_even_looked_up()
    {
        Run($"{Get} -AccessKey AKIAKEYS -SecretKey {Secret} -ProfileName nonesuch").ThrowIfFailed();

        Assert.Equal("AKIAKEYS", DynamoCall.AccessKeyId);
    }

    [Fact]
    public void A_default_profile_with_settings_only_does_not_stand_in_the_way()
    {
        Write(".aws/config", "[default]\nregion = eu-west-1\n");

        ErrorRecord error = AssertError(Run(Get), "CredentialsMissing", ErrorCategory.AuthenticationError);

        Assert.Contains("AWS_EC2_METADATA_DISABLED is true", error.Exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("global:")]
    [InlineData("script:")]
    [InlineData("")]
    public void Variables_of_AWS_Tools_are_found_in_the_scope_of_the_caller(string scope)
    {
        Variables["credentials"] = new AWSPSCredentials(new BasicAWSCredentials("AKIASTORED", Secret));
        string script = Write("script.ps1", $"${scope}StoredAWSCredentials = $credentials; ${scope}StoredAWSRegion = 'ap-south-1'\nfunction get {{ Get-FanOutTarget -ErrorAction Ignore }}; get");

        Run($"& '{script}'").ThrowIfFailed();

        Assert.Equal(("AKIASTORED", "ap-south-1"), (DynamoCall.AccessKeyId, DynamoCall.Region));
    }

    private static string? Surroundings(HttpRequest request) => request.Path switch
    {
        "/container" => Expiring.Replace("{0}", "ASIACONTAINER", StringComparison.Ordinal),
        "/latest/api/token" when request.Method == "PUT" => "imds-token",
        "/latest/meta-data/iam/security-credentials/" when request.Header("X-aws-ec2-metadata-token") == "imds-token" => "fanout-host",
        "/latest/meta-data/iam/security-credentials/fanout-host" => Expiring.Replace("{0}", "ASIAINSTANCE", StringComparison.Ordinal),
        _ => null,
    };
}
