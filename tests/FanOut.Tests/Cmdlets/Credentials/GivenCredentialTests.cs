using System.Management.Automation;
using System.Net;
using Amazon.Runtime;
using Amazon.SecurityToken.Model;
using FanOut.Parameters;

namespace FanOut.Tests.Cmdlets.Credentials;

/// <summary>What -Credential takes. The objects here are of the AWSSDK.Core of the test, as those of AWS.Tools are of its own.</summary>
public sealed class GivenCredentialTests : CredentialsTests
{
    public static TheoryData<string> Objects =>
    [
        "New-AWSCredential", "New-AWSCredential with a token", "StoredAWSCredentials", "Use-STSRole", "Credentials of Use-STSRole", "hashtable", "object of the AWS CLI",
    ];

    [Theory]
    [MemberData(nameof(Objects))]
    public void Credentials_are_known_by_their_members(string name)
    {
        Variables["given"] = name switch
        {
            "New-AWSCredential" => new BasicAWSCredentials("AKIAGIVENGIVENGIVEN1", Secret),
            "New-AWSCredential with a token" => new SessionAWSCredentials("AKIAGIVENGIVENGIVEN1", Secret, Token),
            "StoredAWSCredentials" => new AWSPSCredentials(new SessionAWSCredentials("AKIAGIVENGIVENGIVEN1", Secret, Token)),
            "Use-STSRole" => new AssumeRoleResponse { Credentials = Temporary() },
            "Credentials of Use-STSRole" => Temporary(),
            "hashtable" => new System.Collections.Hashtable { ["AccessKey"] = "AKIAGIVENGIVENGIVEN1", ["SecretKey"] = Secret },
            _ => PSObject.AsPSObject(new { Credentials = new { AccessKeyId = "AKIAGIVENGIVENGIVEN1", SecretAccessKey = Secret, SessionToken = Token } }),
        };

        Run($"{Get} -Credential $given").ThrowIfFailed();

        Assert.Equal("AKIAGIVENGIVENGIVEN1", DynamoCall.AccessKeyId);
        Assert.Equal(name is "New-AWSCredential" or "hashtable" ? null : Token, DynamoCall.Headers.GetValueOrDefault("X-Amz-Security-Token"));
    }

    [Fact]
    public void An_object_made_by_a_script_is_known_by_its_properties()
    {
        Run($"{Get} -Credential ([pscustomobject]@{{ AccessKeyId = 'AKIAGIVENGIVENGIVEN1'; SecretAccessKey = '{Secret}'; SessionToken = '' }})").ThrowIfFailed();

        Assert.Equal("AKIAGIVENGIVENGIVEN1", DynamoCall.AccessKeyId);
    }

    [Fact]
    public void Credentials_that_refresh_are_asked_for_each_call()
    {
        Variables["given"] = new Refreshing();

        Run($"{Get} -Credential $given; {Get} -Credential $given").ThrowIfFailed();

        Assert.Equal(2, Cloud.Calls.Select(static c => c.AccessKeyId).Distinct().Count());
    }

    [Theory]
    [InlineData("'AKIATEXT'", "it is System.String")]
    [InlineData("(Get-Date)", "it is System.DateTime")]
    [InlineData("@{ AccessKeyId = 'AK' }", "it is System.Collections.Hashtable")]
    [InlineData("([pscustomobject]@{ Nothing = 1 })", "it is System.Management.Automation.PSCustomObject")]
    [InlineData("([pscredential]::Empty)", "access key as user name")]
    public void An_object_without_credentials_is_an_error_that_names_its_type(string given, string said)
    {
        ErrorRecord error = AssertError(Run($"{Get} -Credential {given}"), "InvalidParameter", ErrorCategory.InvalidArgument);

        Assert.Contains(said, error.Exception.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("AKIATEXT", error.Exception.Message, StringComparison.Ordinal);
        Assert.Empty(Cloud.Calls);
    }

    [Fact]
    public void Credentials_that_cannot_be_had_any_more_say_why()
    {
        Variables["given"] = new Expired();

        ErrorRecord error = AssertError(Run($"{Get} -Credential $given"), "CredentialsMissing", ErrorCategory.AuthenticationError);

        Assert.Equal("-Credential gives no credentials: The token has expired.", error.Exception.Message);
    }

    [Theory]
    [InlineData("-AccessKey AK", "-AccessKey was given without -SecretKey.")]
    [InlineData("-SecretKey SK", "-SecretKey was given without -AccessKey.")]
    [InlineData("-SessionToken ST", "-SessionToken was given without -AccessKey and -SecretKey.")]
    public void Half_a_key_is_an_error(string keys, string said)
    {
        Write(".aws/credentials", $"[default]\n{Keys("AKIADEFAULT")}");

        ErrorRecord error = AssertError(Run($"{Get} {keys}"), "InvalidParameter", ErrorCategory.InvalidArgument);

        Assert.Equal(said, error.Exception.Message);
        Assert.Empty(Cloud.Calls);
    }

    [Theory]
    [InlineData("AWS_ACCESS_KEY_ID", "AKIAENVIRONMENT", "The environment has AWS_ACCESS_KEY_ID and no AWS_SECRET_ACCESS_KEY.")]
    [InlineData("AWS_WEB_IDENTITY_TOKEN_FILE", "/token", "The environment has AWS_WEB_IDENTITY_TOKEN_FILE and no AWS_ROLE_ARN, the role to assume with the token.")]
    public void Half_of_what_is_needed_in_the_environment_is_an_error_too(string variable, string value, string said)
    {
        Write(".aws/credentials", $"[default]\n{Keys("AKIADEFAULT")}");
        Set(variable, value);

        ErrorRecord error = AssertError(Run(Get), "InvalidParameter", ErrorCategory.InvalidArgument);

        Assert.Equal(said, error.Exception.Message);
    }

    [Fact]
    public void A_secret_and_a_token_may_be_SecureStrings()
    {
        Run($$"""
            $secret = '{{Secret}}' | ConvertTo-SecureString -AsPlainText -Force
            $token = '{{Token}}' | ConvertTo-SecureString -AsPlainText -Force
            {{Get}} -AccessKey AKIASECURE -SecretKey $secret -SessionToken $token
            """).ThrowIfFailed();

        Assert.Contains("Credential=AKIASECURE/", DynamoCall.Headers["Authorization"], StringComparison.Ordinal);
        Assert.Equal(Token, DynamoCall.Headers["X-Amz-Security-Token"]);
        Assert.Equal(Secret, new SecretTextAttribute().Transform(null!, new NetworkCredential("", Secret).SecurePassword));
    }

    private static Amazon.SecurityToken.Model.Credentials Temporary() =>
        new() { AccessKeyId = "AKIAGIVENGIVENGIVEN1", SecretAccessKey = Secret, SessionToken = Token, Expiration = new DateTime(2099, 1, 1, 0, 0, 0, DateTimeKind.Utc) };

    private sealed class Refreshing : AWSCredentials
    {
        private int _count;

        public override ImmutableCredentials GetCredentials() => new($"AKIA{Interlocked.Increment(ref _count)}", Secret, Token);
    }

    private sealed class Expired : AWSCredentials
    {
        public override ImmutableCredentials GetCredentials() => throw new InvalidOperationException("The token has expired.");
    }
}
