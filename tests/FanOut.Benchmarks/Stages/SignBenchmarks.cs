using System.Diagnostics.CodeAnalysis;
using System.Text;
using Amazon.Runtime;
using FanOut.Aws.Kinesis;
using FanOut.Aws.Protocols;
using FanOut.Aws.Signing;

namespace FanOut.Benchmarks.Stages;

/// <summary>What a call's signature takes: the hash of its body, which grows with it, and all the rest.</summary>
[SuppressMessage("Design", "CA1001:Types that own disposable fields should be disposable", Justification = "BenchmarkDotNet calls the clean-up.")]
public class SignBenchmarks
{
    private const string Date = "20261128T080000Z";

    private readonly ImmutableCredentials _keys = new("AKIDEXAMPLE", "secret", new string('t', 1000));
    private readonly RequestSigner _signer = new("kinesis", "us-east-1");
    private readonly RequestHead _head = new(AmazonKinesisClient.Service, new Uri("https://kinesis.us-east-1.amazonaws.com/"), AwsJson.Request("1.1", "Kinesis_20131202", "PutRecords"));
    private RequestBody? _body;
    private string _hash = "";

    /// <summary>How many bytes the body has.</summary>
    [Params(1_000, 700_000)]
    public int Bytes { get; set; }

    [GlobalSetup]
    public void WriteBody()
    {
        _body = new RequestBody(Bytes);
        _body.Write(Encoding.ASCII.GetBytes(new string('a', Bytes)));
        _hash = _body.Sha256Hex;
    }

    [Benchmark]
    public string HashBody() => _body!.Sha256Hex;

    [Benchmark]
    public string Sign() => _signer.Sign(_head, _hash, _keys, Date);

    [GlobalCleanup]
    public void DisposeOfBody() => _body!.Dispose();
}
