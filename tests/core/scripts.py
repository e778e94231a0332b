"""One sentence in each script that the vendored fonts know, and how its language is called."""

from typing import NamedTuple


class Sample(NamedTuple):
    """What somebody may write, in which language, which family draws it, and whether letters join or change places."""

    text: str
    language: str
    family: str
    is_shaped: bool = False


SAMPLES = {
    "English": Sample("The ramp is steep, and the “door” is narrow – £5?", "en", "Noto Sans"),
    "Welsh": Sample("Mae’r dŵr yn oer, a’r tŷ ymhell", "cy", "Noto Sans"),
    "Polish": Sample("Zażółć gęślą jaźń", "pl", "Noto Sans"),
    "Vietnamese": Sample("Chúng tôi cần một con đường an toàn", "vi", "Noto Sans"),
    "Somali": Sample("Waxaan u baahannahay kursi", "so", "Noto Sans"),
    "Greek": Sample("Χρειαζόμαστε ένα παγκάκι", "el", "Noto Sans"),
    "Ukrainian": Sample("Нам потрібна лавка біля школи", "uk", "Noto Sans"),
    "Arabic": Sample("نحن بحاجة إلى مقعد في الحديقة", "ar", "Noto Sans Arabic", is_shaped=True),
    "Urdu": Sample("ہمیں پارک میں ایک بینچ درکار ہے", "ur", "Noto Nastaliq Urdu", is_shaped=True),
    "Bengali": Sample("আমাদের পার্কে একটি বেঞ্চ দরকার", "bn", "Noto Sans Bengali", is_shaped=True),
    "Punjabi": Sample("ਸਾਨੂੰ ਪਾਰਕ ਵਿੱਚ ਬੈਂਚ ਚਾਹੀਦਾ ਹੈ", "pa", "Noto Sans Gurmukhi", is_shaped=True),
    "Hindi": Sample("हमें पार्क में एक बेंच की ज़रूरत है", "hi", "Noto Sans Devanagari", is_shaped=True),
    "Gujarati": Sample("અમને પાર્કમાં બેન્ચની જરૂર છે", "gu", "Noto Sans Gujarati", is_shaped=True),
    "Tamil": Sample("பூங்காவில் ஒரு பெஞ்சு தேவை", "ta", "Noto Sans Tamil", is_shaped=True),
    "Tigrinya": Sample("ኣብ መናፈሻ መንበር የድልየና", "ti", "Noto Sans Ethiopic"),
    "Hebrew": Sample("אנחנו צריכים ספסל בפארק", "he", "Noto Sans Hebrew", is_shaped=True),
    "Thai": Sample("เราต้องการม้านั่งที่สวนสาธารณะ", "th", "Noto Sans Thai", is_shaped=True),
    "Chinese": Sample("我们需要公园里的一张长椅，谢谢", "zh", "Sayback Sans SC"),
    "Chinese, traditional": Sample("我們需要公園裡的一張長椅", "zh", "Sayback Sans SC"),
    "emoji": Sample("🌳🌳👩🏽‍🚒🏴󠁧󠁢󠁷󠁬󠁳󠁿❤️🙂", "en", "Noto Emoji", is_shaped=True),
    "signs": Sample("≤ ≥ ≠ √ → ★ ☐ ✓ ∑", "en", "Noto Sans Symbols2"),
}
MIXED = "مرحبا (NHS 111) bench ১২ বেঞ্চ 我们 🌳"
"""One line in five scripts and both directions."""
