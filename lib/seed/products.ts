// What the seeded shop sells: forty things for a home and a desk.

export interface SeedProduct {
  readonly sku: string;
  readonly name: string;
  /** In cents. */
  readonly unitPrice: number;
  /** Units that the shop takes delivery of. */
  readonly stock: number;
  /** In cents: the price after all orders are placed, so that orders show the price of their day. */
  readonly newPrice?: number;
}

const product = (sku: string, name: string, unitPrice: number, stock: number, newPrice?: number): SeedProduct => ({
  sku,
  name,
  unitPrice,
  stock,
  ...(newPrice !== undefined && { newPrice }),
});

export const products: readonly SeedProduct[] = [
  product('WALNUT-DESK', 'Walnut desk', 49_900, 600),
  product('OAK-SHELF', 'Oak wall shelf', 8_900, 400),
  product('ASH-STOOL', 'Ash stool', 6_500, 320, 5_900),
  product('BEECH-CHAIR', 'Beech dining chair', 14_900, 360),
  product('SIDE-TABLE', 'Round side table', 11_900, 260),
  product('COAT-RACK', 'Coat rack, wall-mounted', 5_400, 280),
  product('FLOOR-LAMP', 'Floor lamp, brass', 18_900, 240),
  product('DESK-LAMP', 'Desk lamp, dimmable', 7_900, 420, 8_400),
  product('PAPER-LAMP', 'Paper lantern 提灯', 3_900, 300),
  product('LED-BULB', 'LED bulb, warm white', 890, 900),
  product('WOOL-RUG', 'Wool rug, 170 × 240 cm', 32_900, 240),
  product('LINEN-CURTAIN', 'Linen curtain, pair', 9_900, 260),
  product('COTTON-THROW', 'Cotton throw', 4_900, 340),
  product('DOWN-PILLOW', 'Down pillow', 5_900, 380),
  product('LINEN-SHEETS', 'Linen bed sheets', 12_900, 300, 11_900),
  product('BATH-TOWEL', 'Bath towel, organic cotton', 2_400, 600),
  product('SOAP-DISH', 'Soap dish, soapstone', 1_900, 320),
  product('WALL-MIRROR', 'Wall mirror, round', 13_900, 240),
  product('WALL-CLOCK', 'Wall clock, silent', 4_500, 300),
  product('PICTURE-FRAME', 'Picture frame, A3', 2_900, 480),
  product('ESPRESSO-CUP', 'Espresso cup “Crème”', 1_200, 800),
  product('STONE-MUG', 'Stoneware mug', 1_600, 900),
  product('MATCHA-BOWL', 'Matcha bowl 抹茶碗', 3_400, 280),
  product('DINNER-PLATE', 'Dinner plate, stoneware', 1_800, 800),
  product('CARAFE', 'Carafe, 1 l', 2_900, 340),
  product('WATER-GLASS', 'Water glass, set of six', 2_400, 420),
  product('CAST-IRON-PAN', 'Cast-iron pan, 28 cm', 6_900, 300),
  product('CHEF-KNIFE', 'Chef’s knife, 20 cm', 8_900, 280, 9_500),
  product('CUTTING-BOARD', 'Cutting board, end grain', 5_900, 260),
  product('PEPPER-MILL', 'Pepper mill', 3_900, 300),
  product('TEA-KETTLE', 'Tea kettle, enamel', 5_400, 280),
  product('COFFEE-GRINDER', 'Hand coffee grinder', 7_900, 260),
  product('APRON', 'Apron, washed denim', 3_200, 320),
  product('NOTEBOOK', 'Notebook, dotted', 1_400, 900),
  product('FOUNTAIN-PEN', 'Fountain pen, fine nib', 4_900, 300),
  product('PEN-TRAY', 'Pen tray, walnut', 2_700, 300),
  product('DESK-MAT', 'Desk mat, felt', 3_900, 340),
  product('BOOKENDS', 'Bookends, cast steel', 3_600, 280),
  product('PLANT-POT', 'Plant pot, terracotta', 1_700, 600),
];

/** Sold out for good: an order of it asks for more than there ever was. */
export const limitedEdition: SeedProduct = product('SIGNED-PRINT', 'Signed print, edition of three', 24_000, 3);
