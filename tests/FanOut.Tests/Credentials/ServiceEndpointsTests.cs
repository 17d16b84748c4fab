using FanOut.Credentials;
using FanOut.Credentials.Profiles;
using FanOut.Errors;

namespace FanOut.Tests.Credentials;

/// <summary>Which endpoint a service has.</summary>
public sealed class ServiceEndpointsTests
{
    private readonly Dictionary<string, string?> _environment = [];
    private readonly Dictionary<string, string> _profile = [];

    [Fact]
    public void The_nearest_word_counts()
    {
        _profile["endpoint_url"] = "http://profile";
        AssertEndpoint("http://profile/");
        _profile["iot_data_plane.endpoint_url"] = "http://services";
        AssertEndpoint("http://services/");
        _environment["AWS_ENDPOINT_URL"] = "http://all";
        AssertEndpoint("http://all/");
        _environment["AWS_ENDPOINT_URL_IOT_DATA_PLANE"] = "http://one";
        AssertEndpoint("http://one/");
        AssertEndpoint("https://given/", "https://given");

        Assert.Equal("http://all/", Endpoints().Of("DynamoDB")?.AbsoluteUri);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Configured_endpoints_can_be_ignored_and_the_given_one_stays(bool byEnvironment)
    {
        _environment["AWS_ENDPOINT_URL"] = "http://all";
        _environment["AWS_IGNORE_CONFIGURED_ENDPOINT_URLS"] = byEnvironment ? "TRUE" : null;
        _profile["ignore_configured_endpoint_urls"] = byEnvironment ? "" : "true";

        AssertEndpoint(null);
        AssertEndpoint("https://given/", "https://given");
    }

    [Theory]
    [InlineData("localhost:4566")]
    [InlineData("4566")]
    [InlineData("ftp://x")]
    public void Only_http_is_an_endpoint(string text)
    {
        FanOutException error = Assert.Throws<FanOutException>(() => new ServiceEndpoints(new Uri(text, UriKind.RelativeOrAbsolute), null, _environment.GetValueOrDefault).Of("SQS"));

        Assert.Equal($"'{text}' (-EndpointUrl) is not the URL of an endpoint, such as http://127.0.0.1:4566.", error.Message);
    }

    private void AssertEndpoint(string? expected, string? given = null) => Assert.Equal(expected, Endpoints(given).Of("IoT Data Plane")?.AbsoluteUri);

    private ServiceEndpoints Endpoints(string? given = null) =>
        new(given is null ? null : new Uri(given), new Profile("work", new Dictionary<string, string>(_profile, StringComparer.OrdinalIgnoreCase)), _environment.GetValueOrDefault);
}
