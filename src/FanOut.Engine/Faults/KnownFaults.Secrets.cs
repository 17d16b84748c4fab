namespace FanOut.Engine.Faults;

/// <content>Secrets Manager, which has the headers of http targets. Whatever is wrong there is never a record's fault.</content>
public static partial class KnownFaults
{
    private static KnownFault[] OfSecretsManager() => Table(Service.SecretsManager, "https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_GetSecretValue.html",
        ("DecryptionFailure", Target),
        ("InternalServiceError", Ambiguous),
        ("InvalidParameterException", Target),
        ("InvalidRequestException", Target),
        ("ResourceNotFoundException", Target),
        ("ValidationException", Target));
}
