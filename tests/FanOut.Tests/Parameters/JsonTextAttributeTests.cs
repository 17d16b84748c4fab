using System.Management.Automation;
using FanOut.Parameters;

namespace FanOut.Tests.Parameters;

/// <summary>What objects of PowerShell are as JSON.</summary>
public class JsonTextAttributeTests
{
    public static TheoryData<object, string> Values => new()
    {
        { new DateTime(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc), "\"2026-01-01T00:00:00Z\"" },
        { new DateTime(2026, 1, 1, 12, 30, 0, 250, DateTimeKind.Unspecified), "\"2026-01-01T12:30:00.25\"" },
        { new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.FromHours(2)), "\"2026-01-01T00:00:00+02:00\"" },
        { Guid.Empty, "\"00000000-0000-0000-0000-000000000000\"" },
        { new Uri("https://example.com/a"), "\"https://example.com/a\"" },
        { TimeSpan.FromSeconds(90), "\"00:01:30\"" },
        { DayOfWeek.Friday, "\"Friday\"" },
        { 'c', "\"c\"" },
        { 1.50m, "1.50" },
        { new object?[] { true, null, "x" }, """[true,null,"x"]""" },
    };

    [Theory]
    [MemberData(nameof(Values))]
    public void Values_are_written_as_they_stood_in_the_JSON_that_they_were_read_from(object value, string json)
    {
        var record = new PSObject();
        record.Properties.Add(new PSNoteProperty("v", PSObject.AsPSObject(value)));

        Assert.Equal($$"""{"v":{{json}}}""", new JsonTextAttribute().Transform(null!, record));
    }

    [Fact]
    public void What_has_no_form_in_JSON_is_told()
    {
        var error = Assert.Throws<ArgumentTransformationMetadataException>(() => new JsonTextAttribute().Transform(null!, new System.Collections.Hashtable { ["v"] = new Random(1) }));
        Assert.StartsWith("What is of the type Random cannot be written as JSON", error.Message, StringComparison.Ordinal);
        Assert.Contains("of the type Int32", Assert.Throws<ArgumentTransformationMetadataException>(() => new JsonTextAttribute().Transform(null!, 17)).Message, StringComparison.Ordinal);
    }
}
