using System.Globalization;
using System.Text;
using FanOut.Engine.Events;

namespace FanOut.Local.Events;

/// <summary>Records that are there when nobody gives any: three of each kind of source, with keys and a bit of everything.</summary>
internal static class SampleRecords
{
    private const string Small = """{"%k":{"S":"1"},"customer":{"S":"customer-1"},"total":{"N":"12.5"},"paid":{"BOOL":true}}""";
    private const string Large = """{"%k":{"S":"2"},"customer":{"S":"customer-2"},"total":{"N":"1200"},"lines":{"L":[{"S":"a"},{"NULL":true}]}}""";

    /// <summary>The records.</summary>
    /// <param name="sourceArn">Their source.</param>
    /// <param name="hashKey">DynamoDB: the name of the table's hash key; null: id.</param>
    /// <param name="time">The clock.</param>
    /// <param name="areChanges">Kinesis: whether its records carry changes of tables.</param>
    public static IReadOnlyList<EventRecord> Of(string sourceArn, string? hashKey, TimeProvider time, bool areChanges = false) => areChanges || SourceArn.IsOf(SourceKind.DynamoDb, sourceArn)
        ? [
            Change(ChangeKind.Insert, 1, hashKey, Small, "", time) with { CarriesChange = areChanges },
            Change(ChangeKind.Modify, 2, hashKey, Large, Small, time) with { CarriesChange = areChanges },
            Change(ChangeKind.Remove, 3, hashKey, "", Large, time) with { CarriesChange = areChanges },
        ]
        : new ReadRecords(sourceArn, null, time).Of(
        [
            """{"id":1,"customer":"customer-1","total":12.5,"paid":true}""", """{"id":2,"customer":"customer-2","total":1200}""", """{"id":3,"customer":"customer-1","total":7}""",
        ]);

    private static EventRecord Change(ChangeKind change, int number, string? hashKey, string newImage, string oldImage, TimeProvider time) => new()
    {
        Change = change,
        SequenceNumber = number.ToString("D21", CultureInfo.InvariantCulture),
        Key = Named($$$"""{"%k":{"S":"{{{Math.Min(number, 2)}}}"}}""", hashKey),
        Data = Encoding.UTF8.GetBytes(Named(newImage, hashKey)),
        OldImage = Encoding.UTF8.GetBytes(Named(oldImage, hashKey)),
        Time = time.GetUtcNow(),
    };

    private static string Named(string image, string? hashKey) => image.Replace("%k", hashKey ?? "id", StringComparison.Ordinal);
}
