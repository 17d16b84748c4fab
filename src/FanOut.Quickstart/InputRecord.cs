using System.Text.Json;

namespace FanOut.Quickstart;

/// <summary>One line of the input.</summary>
/// <param name="Line">Its number, from 1; the DynamoDB item's key.</param>
/// <param name="Text">The line, a JSON object.</param>
/// <param name="Key">The partition key: the field <c>customer</c> where there is one, else the line's number.</param>
internal sealed record InputRecord(int Line, string Text, string Key)
{
    /// <summary>Reads a file of one JSON object per line.</summary>
    /// <exception cref="UsageException">The file or a line cannot be read.</exception>
    public static IReadOnlyList<InputRecord> ReadAll(string file)
    {
        if (!File.Exists(file))
        {
            throw new UsageException($"The input file {file} does not exist.");
        }

        var records = new List<InputRecord>();
        int number = 0;
        foreach (string line in File.ReadLines(file))
        {
            number++;
            if (!string.IsNullOrWhiteSpace(line))
            {
                records.Add(Parse(file, number, line));
            }
        }

        return records.Count > 0 ? records : throw new UsageException($"The input file {file} holds no records.");
    }

    private static InputRecord Parse(string file, int number, string line)
    {
        try
        {
            using JsonDocument json = JsonDocument.Parse(line);
            if (json.RootElement.ValueKind != JsonValueKind.Object)
            {
                throw new UsageException($"{file}, line {number} is not a JSON object.");
            }

            bool hasKey = json.RootElement.TryGetProperty("customer", out JsonElement customer) && customer.ValueKind == JsonValueKind.String;
            return new InputRecord(number, line, hasKey ? customer.GetString()! : number.ToString(System.Globalization.CultureInfo.InvariantCulture));
        }
        catch (JsonException e)
        {
            throw new UsageException($"{file}, line {number} is not JSON: {e.Message}");
        }
    }
}
