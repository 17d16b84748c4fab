using Amazon.Runtime;
using FanOut.Aws.Protocols;
using FanOut.Aws.Signing;

namespace FanOut.Aws.Kinesis;

/// <summary>PutRecords, in CBOR where the endpoint knows it: a quarter less to hash, to encrypt and to send than base64 in JSON.</summary>
public sealed partial class AmazonKinesisClient
{
    // The names of members as CBOR has them, behind the heads of what they begin.
    private static readonly byte[] OneOf = [0xA2, 0x64, .. "Data"u8], OneWithHash = [0xA3, 0x64, .. "Data"u8];

    private readonly AwsCbor _cbor = new(string.Equals(Environment.GetEnvironmentVariable(AwsCbor.DisableVariable), "true", StringComparison.OrdinalIgnoreCase));
    private readonly RequestHead _putRecords, _putRecordsInCbor;
    private readonly AnswerReader<PutRecordsResponse> _reader;

    /// <summary>Puts records into a stream and says which were refused.</summary>
    /// <remarks>
    /// Sent in CBOR, unless <c>AWS_CBOR_DISABLE</c> is <c>true</c>; again in JSON where that shows that the endpoint does not know CBOR, which the
    /// client keeps in mind.
    /// </remarks>
    /// <exception cref="AmazonKinesisException">The service refused the whole call.</exception>
    public async Task<PutRecordsResponse> PutRecordsAsync(PutRecordsRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        bool isDoubted = false;
        if (_cbor.IsUsed)
        {
            using var cbor = new RequestBody(CborSizeOf(request));
            if (TryWriteCbor(cbor, request))
            {
                try
                {
                    return await SendAsync(_putRecordsInCbor, cbor, _reader, cancellationToken).ConfigureAwait(false);
                }
                catch (AmazonServiceException refusal) when (_cbor.IsDoubtedBy(refusal))
                {
                    isDoubted = true;
                }
            }
        }

        using var json = new RequestBody(SizeOf(request));
        Write(json, request);
        try
        {
            PutRecordsResponse response = await SendAsync(_putRecords, json, _reader, cancellationToken).ConfigureAwait(false);
            if (isDoubted)
            {
                _cbor.GiveUp();
            }

            return response;
        }
        catch (AmazonServiceException refusal) when (isDoubted && !AwsCbor.IsWithoutReason(refusal))
        {
            _cbor.GiveUp();
            throw;
        }
    }

    // {"StreamARN":"…","Records":[{"Data":h'…',"PartitionKey":"…","ExplicitHashKey":"…"},…]}
    private static bool TryWriteCbor(RequestBody body, PutRecordsRequest request)
    {
        body.WriteCborHead(CborType.Map, 2);
        body.WriteCborText(request.StreamARN is null ? "StreamName"u8 : "StreamARN"u8);
        body.WriteCborText(System.Text.Encoding.UTF8.GetBytes(StreamOf(request)));
        body.WriteCborText("Records"u8);
        body.WriteCborHead(CborType.Array, request.Records.Length);
        foreach (ref readonly PutRecordsRequestEntry entry in request.Records.Span)
        {
            body.Write(entry.ExplicitHashKey.IsEmpty ? OneOf : OneWithHash);
            if (!body.TryWriteCborBytes(entry.Data))
            {
                // In JSON it goes out as it is, and Kinesis says what it thinks of it.
                return false;
            }

            body.WriteCborText("PartitionKey"u8);
            body.WriteCborText(entry.PartitionKey.Span);
            if (!entry.ExplicitHashKey.IsEmpty)
            {
                body.WriteCborText("ExplicitHashKey"u8);
                body.WriteCborText(entry.ExplicitHashKey.Span);
            }
        }

        return true;
    }

    private static int CborSizeOf(PutRecordsRequest request)
    {
        int size = 256;
        foreach (ref readonly PutRecordsRequestEntry entry in request.Records.Span)
        {
            size += entry.Data.Length + entry.PartitionKey.Length + entry.ExplicitHashKey.Length + 60;
        }

        return size;
    }

    // {"StreamARN":"…","Records":[{"Data":"base64","PartitionKey":"…","ExplicitHashKey":"…"},…]}
    private static void Write(RequestBody body, PutRecordsRequest request)
    {
        body.Write(request.StreamARN is null ? "{\"StreamName\":"u8 : "{\"StreamARN\":"u8);
        body.WriteJsonString(StreamOf(request));
        body.Write(",\"Records\":["u8);
        bool first = true;
        foreach (ref readonly PutRecordsRequestEntry entry in request.Records.Span)
        {
            body.Write(first ? "{\"Data\":\""u8 : ",{\"Data\":\""u8);
            first = false;
            body.WriteBase64(entry.Data);
            body.Write("\",\"PartitionKey\":"u8);
            body.WriteJsonString(entry.PartitionKey.Span);
            if (!entry.ExplicitHashKey.IsEmpty)
            {
                body.Write(",\"ExplicitHashKey\":"u8);
                body.WriteJsonString(entry.ExplicitHashKey.Span);
            }

            body.Write("}"u8);
        }

        body.Write("]}"u8);
    }

    private static int SizeOf(PutRecordsRequest request)
    {
        int size = 256;
        foreach (ref readonly PutRecordsRequestEntry entry in request.Records.Span)
        {
            size += entry.Data.Base64Length + entry.PartitionKey.Length + entry.ExplicitHashKey.Length + 60;
        }

        return size;
    }

    private static string StreamOf(PutRecordsRequest request) =>
        request.StreamARN ?? request.StreamName ?? throw new ArgumentException("StreamName or StreamARN is needed.", nameof(request));

    private void ReadPutRecords(WireAnswer answer, PutRecordsResponse response) =>
        (response.FailedRecordCount, response.RecordCount, response.Failed) = _cbor.IsOf(answer)
            ? CborBatchAnswer.Read(answer.Body, "FailedRecordCount"u8, "Records"u8, "SequenceNumber"u8)
            : BatchAnswer.Read(answer.Body, "FailedRecordCount"u8, "Records"u8, "SequenceNumber"u8);
}
