using System.Globalization;
using System.Text;
using System.Xml;
using FanOut.LocalCloud.Http;
using FanOut.LocalCloud.Wire;

namespace FanOut.LocalCloud.S3;

/// <summary>ListObjectsV2, with prefixes and pages, without delimiters.</summary>
/// <remarks>https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListObjectsV2.html</remarks>
internal sealed class ObjectLists(S3Service service)
{
    private const int MostKeys = 1000;

    public HttpResponse List(ServiceCall call)
    {
        S3Bucket bucket = service.Resolve(call);
        string prefix = call.Request.QueryValue("prefix") ?? "";
        int most = int.TryParse(call.Request.QueryValue("max-keys"), NumberStyles.None, CultureInfo.InvariantCulture, out int asked) ? Math.Min(asked, MostKeys) : MostKeys;
        string after = call.Request.QueryValue("continuation-token") is { } token ? Encoding.UTF8.GetString(Convert.FromBase64String(token)) : call.Request.QueryValue("start-after") ?? "";
        S3Object[] rest = [.. bucket.Objects.Where(o => o.Key.StartsWith(prefix, StringComparison.Ordinal) && string.CompareOrdinal(o.Key, after) > 0)];
        S3Object[] page = rest[..Math.Min(most, rest.Length)];
        return XmlAnswer.Document(200, xml => Write(xml, bucket, prefix, page, rest.Length > page.Length, call.Request.QueryValue("encoding-type") == "url"));
    }

    private static void Write(XmlWriter xml, S3Bucket bucket, string prefix, S3Object[] page, bool isTruncated, bool isEncoded)
    {
        xml.WriteStartElement("ListBucketResult", "http://s3.amazonaws.com/doc/2006-03-01/");
        xml.WriteElementString("Name", bucket.Name);
        xml.WriteElementString("Prefix", isEncoded ? Uri.EscapeDataString(prefix) : prefix);
        xml.WriteElementString("KeyCount", page.Length.ToString(CultureInfo.InvariantCulture));
        xml.WriteElementString("MaxKeys", MostKeys.ToString(CultureInfo.InvariantCulture));
        xml.WriteElementString("IsTruncated", isTruncated ? "true" : "false");
        if (isEncoded)
        {
            xml.WriteElementString("EncodingType", "url");
        }

        if (isTruncated && page.Length > 0)
        {
            xml.WriteElementString("NextContinuationToken", Convert.ToBase64String(Encoding.UTF8.GetBytes(page[^1].Key)));
        }

        foreach (S3Object found in page)
        {
            xml.WriteStartElement("Contents");
            xml.WriteElementString("Key", isEncoded ? Uri.EscapeDataString(found.Key) : found.Key);
            xml.WriteElementString("LastModified", found.At.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture));
            xml.WriteElementString("ETag", found.ETag);
            xml.WriteElementString("Size", found.Data.Length.ToString(CultureInfo.InvariantCulture));
            xml.WriteElementString("StorageClass", "STANDARD");
            xml.WriteEndElement();
        }

        xml.WriteEndElement();
    }
}
