using System.Globalization;
using FanOut.LocalCloud.Http;
using FanOut.LocalCloud.Wire;

namespace FanOut.LocalCloud.S3;

/// <summary>ListBuckets, with prefixes and pages, GetBucketLocation, GetBucketPolicy and GetBucketEncryption.</summary>
/// <remarks>https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListBuckets.html</remarks>
internal sealed class BucketLists(S3Service service)
{
    private const string Namespace = "http://s3.amazonaws.com/doc/2006-03-01/";
    private const int MostBuckets = 10_000;

    public HttpResponse List(ServiceCall call)
    {
        int most = int.TryParse(call.Request.QueryValue("max-buckets"), NumberStyles.None, CultureInfo.InvariantCulture, out int asked) ? Math.Min(asked, MostBuckets) : MostBuckets;
        string prefix = call.Request.QueryValue("prefix") ?? "", after = call.Request.QueryValue("continuation-token") ?? "";
        S3Bucket[] rest =
        [
            .. service.Buckets.Where(b => b.Name.StartsWith(prefix, StringComparison.Ordinal) && string.CompareOrdinal(b.Name, after) > 0).OrderBy(static b => b.Name, StringComparer.Ordinal),
        ];
        return XmlAnswer.Document(200, xml =>
        {
            xml.WriteStartElement("ListAllMyBucketsResult", Namespace);
            xml.WriteStartElement("Buckets");
            foreach (S3Bucket bucket in rest.Take(most))
            {
                xml.WriteStartElement("Bucket");
                xml.WriteElementString("Name", bucket.Name);
                xml.WriteElementString("BucketRegion", bucket.Region);
                xml.WriteEndElement();
            }

            xml.WriteEndElement();
            if (rest.Length > most)
            {
                xml.WriteElementString("ContinuationToken", rest[most - 1].Name);
            }

            xml.WriteEndElement();
        });
    }

    // Only the owner's account may look: https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetBucketPolicy.html
    public HttpResponse Policy(ServiceCall call)
    {
        S3Bucket bucket = service.Resolve(call);
        return bucket.AccountId is { } owner && owner != call.AccountId ? throw new ServiceException("MethodNotAllowed", "The specified method is not allowed against this resource.", 405)
            : bucket.Policy is { } policy ? HttpResponse.Text(200, "application/json", policy)
            : throw new ServiceException("NoSuchBucketPolicy", "The bucket policy does not exist", 404);
    }

    public HttpResponse Encryption(ServiceCall call)
    {
        S3Bucket bucket = service.Resolve(call);
        return XmlAnswer.Document(200, xml =>
        {
            xml.WriteStartElement("ServerSideEncryptionConfiguration", Namespace);
            xml.WriteStartElement("Rule");
            xml.WriteStartElement("ApplyServerSideEncryptionByDefault");
            xml.WriteElementString("SSEAlgorithm", bucket.KmsKey is null ? "AES256" : "aws:kms");
            if (bucket.KmsKey is { } key)
            {
                xml.WriteElementString("KMSMasterKeyID", key);
            }

            xml.WriteEndElement();
            xml.WriteEndElement();
            xml.WriteEndElement();
        });
    }

    // Any region's endpoint tells it here; AWS's own of us-east-1.
    public HttpResponse Location(ServiceCall call)
    {
        S3Bucket bucket = service.Find(S3Route.Of(call.Request).Bucket) ?? throw new ServiceException("NoSuchBucket", "The specified bucket does not exist", 404);
        return XmlAnswer.Document(200, xml =>
        {
            xml.WriteStartElement("LocationConstraint", Namespace);
            xml.WriteString(bucket.Region == "us-east-1" ? "" : bucket.Region);
            xml.WriteEndElement();
        });
    }
}
