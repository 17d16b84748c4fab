
using System.IO.Compression;
using System.Text.Json;
using Amazon.Runtime;
using FanOut.Aws.Protocols;
using FanOut.Aws.Signing;

namespace FanOut.Aws.CloudWatch;

/// <summary>Amazon CloudWatch.</summary>
public sealed partial class AmazonCloudWatchClient : AwsClient
{
    // The SDKs' default of request_min_compression_size_bytes; compressing smaller bodies costs more than it saves.
    private const int LeastCompressed = 10_240;

    private static readonly AnswerReader<PutMetricDataResponse> PutMetricDataReader =
        new(static (_, _) => { }, AwsJson.Instance, AmazonCloudWatchException.Of);

    private readonly RequestHead _putMetricData, _putCompressed;

    /// <summary>A client for a region.</summary>
    /// <param name="credentials">The credentials to sign with; null: those of the SDK's default chain.</param>
    /// <param name="config">Region and endpoint, made with <see cref="Service"/>.</param>
    public AmazonCloudWatchClient(AWSCredentials? credentials, AwsClientConfig config)
        : base(credentials, Service, config)
    {
        WireRequest wire = AwsJson.Request("1.0", "GraniteServiceVersion20100801", "PutMetricData");
        _putMetricData = Head(wire);
        wire.Headers = [.. wire.Headers, new("Content-Encoding", "gzip")];
        _putCompressed = Head(wire);
    }

    /// <summary>The service's names.</summary>
    public static AwsService Service { get; } = new("CloudWatch", "monitoring", "monitoring", "2010-08-01")
    {
        IsFipsInGovCloud = true,
        Exception = static (region, variant) => variant is { Fips: true, DualStack: true } && region.StartsWith("us-gov-", StringComparison.Ordinal) ? $"monitoring.{region}.api.aws" : null,
    };

    /// <summary>Publishes metrics; a large body is compressed.</summary>
    /// <exception cref="AmazonCloudWatchException">The service refused the call.</exception>
    public async Task<PutMetricDataResponse> PutMetricDataAsync(PutMetricDataRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        using var plain = new RequestBody(request.MetricData.Count * 320);
        using (var json = new Utf8JsonWriter(plain))
        {
            Write(json, request);
        }

        using RequestBody? compressed = plain.Length >= LeastCompressed ? Compress(plain) : null;
        return await (compressed is null
            ? SendAsync(_putMetricData, plain, PutMetricDataReader, cancellationToken)
            : SendAsync(_putCompressed, compressed, PutMetricDataReader, cancellationToken)).ConfigureAwait(false);
    }

    /// <summary>Values of metrics.</summary>
    /// <exception cref="AmazonCloudWatchException">The service refused the call.</exception>
    public async Task<GetMetricDataResponse> GetMetricDataAsync(GetMetricDataRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        using RequestBody body = AwsJson.Body(json => MetricDataJson.Write(json, request));
        return await SendAsync(
            AwsJson.Request("1.0", "GraniteServiceVersion20100801", "GetMetricData", body),
            AwsJson.Answers<GetMetricDataResponse>(MetricDataJson.Read, AmazonCloudWatchException.Of),
            cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Metrics that had values within the last two weeks.</summary>
    /// <exception cref="AmazonCloudWatchException">The service refused the call.</exception>
    public async Task<ListMetricsResponse> ListMetricsAsync(ListMetricsRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        using RequestBody body = AwsJson.Body(json => MetricDataJson.Write(json, request));
        return await SendAsync(
            AwsJson.Request("1.0", "GraniteServiceVersion20100801", "ListMetrics", body),
            AwsJson.Answers<ListMetricsResponse>(MetricDataJson.Read, AmazonCloudWatchException.Of),
            cancellationToken).ConfigureAwait(false);
    }

    private static void Write(Utf8JsonWriter json, PutMetricDataRequest request)
    {
        json.WriteStartObject();
        json.WriteString("Namespace"u8, request.Namespace);
        json.WriteStartArray("MetricData"u8);
        foreach (MetricDatum datum in request.MetricData)
        {
            json.WriteStartObject();
            json.WriteString("MetricName"u8, datum.MetricName);
            json.WriteStartArray("Dimensions"u8);
            foreach ((string name, string value) in datum.Dimensions)
            {
                json.WriteStartObject();
                json.WriteString("Name"u8, name);
                json.WriteString("Value"u8, value);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteNumber("Timestamp"u8, request.Timestamp.ToUnixTimeSeconds());
            json.WriteString("Unit"u8, datum.Unit);
            json.WriteStartObject("StatisticValues"u8);
            json.WriteNumber("SampleCount"u8, datum.SampleCount);
            json.WriteNumber("Sum"u8, datum.Sum);
            json.WriteNumber("Minimum"u8, datum.Minimum);
            json.WriteNumber("Maximum"u8, datum.Maximum);
            json.WriteEndObject();
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static RequestBody Compress(RequestBody plain)
    {
        using var buffer = new MemoryStream(plain.Length / 4);
        using (var gzip = new GZipStream(buffer, CompressionLevel.Fastest, leaveOpen: true))
        {
            gzip.Write(plain.Written);
        }

        var body = new RequestBody((int)buffer.Length);
        body.Write(buffer.GetBuffer().AsSpan(0, (int)buffer.Length));
        return body;
    }
}
