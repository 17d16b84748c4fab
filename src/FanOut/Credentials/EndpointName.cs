namespace FanOut.Credentials;

/// <summary>A call and the endpoint that it goes to, as errors name them.</summary>
/// <param name="Call">The call: <c>dynamodb GetItem in eu-west-1</c>.</param>
/// <param name="Endpoint">Host and port.</param>
/// <param name="Origin">Where the endpoint was set: <c>-EndpointUrl</c>, <c>AWS_ENDPOINT_URL</c>, a profile; null: it is AWS's own.</param>
internal sealed record EndpointName(string Call, string Endpoint, string? Origin)
{
    /// <summary>The endpoint with where it comes from.</summary>
    public override string ToString() => Origin is null ? Endpoint : $"{Endpoint} ({Origin})";
}
