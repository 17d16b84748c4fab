using System.Buffers;
using FanOut.Aws;

namespace FanOut.Engine.Templates;

/// <summary>What a target asks of the attributes of its messages.</summary>
public sealed class AttributeRules
{
    // https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-message-metadata.html
    private const int LongestName = 256;

    // What AWS documents of the user properties that its rules give to messages (https://docs.aws.amazon.com/iot/latest/apireference/API_UserProperty.html, and 1 to 100 of them in botocore's model of
    // iot). It documents none for those of Publish.
    private const int MostProperties = 100, LongestProperty = 1_024;

    private const int MostOfMessages = 10;
    private const string OtherThanTypesOfMessages = "not String, Number or String.Array";

    // Of the names that AWS reserves those by which SNS is told how a message comes to telephones: https://docs.aws.amazon.com/sns/latest/dg/sms_publish-to-phone.html,
    // https://docs.aws.amazon.com/sns/latest/dg/sns-message-attributes.html#sns-attrib-mobile-reserved
    private static readonly string[] PhonePrefixes = ["AWS.SNS.SMS.", "AWS.SNS.MOBILE.", "AWS.MM.SMS."];

    private static readonly string[] TypesOfMessages = [MessageAttributeValue.StringType, MessageAttributeValue.NumberType, MessageAttributeValue.ArrayType];

    private static readonly SearchValues<char> NameCharacters = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-.");

    private readonly Func<string, string?> _nameProblem;
    private readonly string[] _types;

    private AttributeRules(int most, string[] types, string allowedTypes, Func<string, string?> nameProblem) => (Most, _types, AllowedTypes, _nameProblem) = (most, types, allowedTypes, nameProblem);

    /// <summary>Those of messages of queues.</summary>
    public static AttributeRules Queues { get; } = new(MostOfMessages, TypesOfMessages, OtherThanTypesOfMessages, NameProblemOfQueues);

    /// <summary>Those of messages of topics. A message may have as many attributes as one of a queue, which gets those of a topic's raw messages.</summary>
    public static AttributeRules Topics { get; } = new(MostOfMessages, TypesOfMessages, OtherThanTypesOfMessages, NameProblemOfTopics);

    /// <summary>Those of MQTT 5, where attributes are user properties: pairs of texts, with names of any characters but controls.</summary>
    /// <remarks>https://docs.oasis-open.org/mqtt/mqtt/v5.0/os/mqtt-v5.0-os.html#_Toc3901116</remarks>
    public static AttributeRules UserProperties { get; } = new(
        MostProperties, [MessageAttributeValue.StringType], "not String: the user properties of iot are texts, also those that are numbers or arrays", NameProblemOfProperties);

    /// <summary>How many attributes a message may have.</summary>
    public int Most { get; }

    /// <summary>What the types are not that are not allowed: the end of a sentence.</summary>
    internal string AllowedTypes { get; }

    /// <summary>Why an attribute cannot have a name; null: it can.</summary>
    internal string? NameProblem(string name) => _nameProblem(name);

    /// <summary>Whether an attribute can have a type.</summary>
    internal bool Allows(string type) => Array.IndexOf(_types, type) >= 0;

    private static string? NameProblemOfTopics(string name) =>
        name.Length is 0 or > LongestName || name.AsSpan().IndexOfAnyExcept(NameCharacters) >= 0 ? $"it has 1 to {LongestName} letters, digits and any of _-."
        : name[0] == '.' || name[^1] == '.' || name.Contains("..", StringComparison.Ordinal) ? "a dot does not stand first, last, or behind another"
        : MessageAttributeValue.IsReserved(name) && !IsForPhones(name) ? "names that begin with AWS. or Amazon. are reserved"
        : name == MessageEncoding.AttributeName ? "FanOut gives it to messages that are base64"
        : null;

    private static string? NameProblemOfQueues(string name) => MessageAttributeValue.IsReserved(name) ? "names that begin with AWS. or Amazon. are reserved" : NameProblemOfTopics(name);

    private static string? NameProblemOfProperties(string name) =>
        name.Length is 0 or > LongestProperty || HasControls(name) ? $"it has 1 to {LongestProperty} characters, and no control characters" : null;

    private static bool IsForPhones(string name) => Array.Exists(PhonePrefixes, prefix => name.StartsWith(prefix, StringComparison.Ordinal));

    private static bool HasControls(string name)
    {
        foreach (char letter in name)
        {
            if (char.IsControl(letter))
            {
                return true;
            }
        }

        return false;
    }
}
